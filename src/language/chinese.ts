import type {
  ConfigurationProblem,
  DatabaseFault,
  DatabaseServerFault,
  EngineStartFault,
  FetchAttempt,
  FetchFault,
  LocalModelPart,
  RequestLimits,
  Sentences,
} from './sentences.ts';

export const chinese: Sentences = {
  tag: 'zh-CN',

  home: {
    running: 'Turnpike 正在运行',
    about: [
      '一个程序就是一个模型平台：API、账户与密钥、额度，以及分毫不差的账本。',
      '为 `api.x.ai` 编写的程序，换个主机名即可使用。',
      '每次请求都精确计费到最后一位，账本里逐笔可查。',
    ],
    setUp:
      '目前还没有人能登录。请打开启动 Turnpike 时终端里显示的设置链接；也可以在终端里生成新的链接：`npm run turnpike -- set-up-link`',
    switchLanguage: { name: 'English', tag: 'en', query: 'en' },
    answering: {
      heading: '由谁回答',
      aModel: '真实模型',
      simulator: '模拟器',
      noneConnected: '尚未接入真实模型，目前由模拟器回答：内容是编造的，每个回答都会注明。',
      notConnected: (models) =>
        `${names(models, '`')} 尚未接入真实模型，目前由模拟器回答：内容是编造的，每个回答都会注明。`,
      connect: '接入真实模型',
      connectAnother: '接入其他模型',
      restart: '停止 Turnpike，再用以下任一方式启动；添加渠道则无需重启。',
      here: { title: '在本机运行', note: '小型开放模型，只下载一次' },
      xai: { title: 'xAI', note: '使用您自己的密钥' },
      compatible: { title: 'Ollama、vLLM、SGLang', note: '或任何兼容 OpenAI 的服务' },
      ollamaFound: '在本机发现 Ollama',
      channels: { title: '渠道', note: '为每个模型指定各自的上游' },
    },
    firstCall: {
      heading: '发出第一个请求',
      baseUrl: '接口地址',
      openAiBaseUrl: 'OpenAI 格式',
      key: '`$TURNPIKE_API_KEY` 代表您的密钥。首个密钥在第一次启动时显示在终端里，只显示一次；用 `npm run turnpike -- keys create 名称` 可以再建一个。',
      paste: '粘贴到终端运行',
      clickSelects: '单击即可全选',
    },
    models: {
      heading: '模型',
      model: '模型',
      modalities: '输入 → 输出',
      context: '上下文',
      input: '输入价',
      output: '输出价',
      perMillion: '上下文以 token 计；价格为每百万 token 的美元价。',
      modality: (name) => MODALITIES[name] ?? name,
      limits: (limits) => requestLimits(limits) || '不限请求次数',
    },
    clients: {
      heading: '在应用中使用',
      chatbox: {
        title: 'Chatbox',
        summary: '添加为模型提供方',
        steps: ({ baseUrl, models }) => [
          '设置 → 模型提供方 → 添加，API 模式选“OpenAI API 兼容”。',
          `API 主机：\`${baseUrl}/v1\`，API 路径留空。`,
          `API 密钥：您的密钥。模型：\`${models}\`，也可让 Chatbox 自动获取列表。`,
          '内置的 xAI 提供方只会访问 `api.x.ai`，无法改用其他地址。',
        ],
      },
      oneApi: {
        title: 'One API',
        summary: '添加为渠道',
        steps: ({ baseUrl, models }) => [
          `类型选“xAI”：在“代理”中填写不带 \`/v1\` 的地址：\`${baseUrl}\``,
          `类型选“OpenAI 兼容”：填写带 \`/v1\` 的地址：\`${baseUrl}/v1\``,
          `密钥：您的密钥。模型：\`${models}\``,
        ],
      },
      libreChat: {
        title: 'LibreChat',
        summary: '添加为自定义端点',
        steps: () => [
          '将以下内容写入 `librechat.yaml`，在 `.env` 中设置 `TURNPIKE_API_KEY`，然后重启 LibreChat。',
        ],
      },
      container:
        '在容器里，`127.0.0.1` 指容器自身。请改用 `host.docker.internal`，并在启动 Turnpike 时设置 `TURNPIKE_HOST=0.0.0.0`。',
    },
    links: {
      console: '控制台：登录、接入模型、查看花费',
      models: '全部模型，需要密钥',
      health: '服务是否正常',
      heading: '更多',
    },
    stays: '数据仅保存在本服务器',
  },

  start: {
    dataLabel: '数据',
    databaseLabel: '数据库',
    mailLabel: '邮件',
    mailToFolder: (path) => `存为文件：${path}`,
    accountLabel: '账户',
    setUpLabel: '设置',
    keyLabel: '密钥',
    nextLabel: '接下来',
    stopLabel: '停止',
    simulator: '模拟器，不是真实模型',
    ofImages: '（图像）',
    noneConnected: '尚未接入真实模型，目前由模拟器回答：内容是编造的，每个回答都会注明。',
    notConnected: (models) =>
      `${names(models)} 尚未接入真实模型，目前由模拟器回答：内容是编造的，每个回答都会注明。`,
    imagesNotConnected: (models) =>
      `${names(models)} 尚未接入能识别图像的模型，图像目前由模拟器回答：内容是编造的，每个回答都会注明。`,
    connect: '要接入真实模型，请先停止，再用以下任一方式启动：',
    addChannel: '要接入模型，添加渠道即可，无需重启：',
    noneConnectedAgain: (command) => `尚未接入真实模型。接入方法：${command}`,
    ollamaFound: (url) => `Ollama 正在 ${url} 运行。要用它的模型来回答：`,
    ollamaAgain: (baseUrl) => `本机正在运行 Ollama，使用方法见 ${baseUrl}`,
    limitsOff: '请求与 token 限额已关闭（TURNPIKE_LIMITS=off），额度仍然有效。',
    unusedSetting: (name) => `已设置 ${name}，但当前版本未使用它。`,
    firstStart: '首次启动，这些属于您：',
    setUp: '打开此链接，设定您的邮箱和密码。链接只能用一次；在此之前无人能登录。',
    account: (email, credit) => `${email}，含 ${credit} 额度`,
    keyOnce: '只显示这一次，系统仅保存其哈希，请妥善保管。',
    pasteCurl: '发出第一个请求，将以下命令粘贴到另一个终端：',
    openPage: (baseUrl) => `打开 ${baseUrl}，按说明接入 Chatbox、One API 或 LibreChat。`,
    stop: '按 Ctrl+C。下次启动时一切如旧。',
  },

  localModel: {
    intro: '为本机准备一个小型开放模型。只需这一次，以后启动可直接使用。',
    part: (part) => PARTS[part],
    fetching: (part, source) => `正在从 ${source} 下载${PARTS[part]}。`,
    progress: (part, percent, doneSize, totalSize) =>
      `${PARTS[part]}：${percent} %，${doneSize} / ${totalSize}。`,
    checking: (part) => `正在校验${PARTS[part]}。`,
    fetched: (part, size, isVerified) =>
      `${PARTS[part]}：${size}，${isVerified ? '校验一致' : '来源未提供校验值'}。`,
    present: (part) => `${PARTS[part]}已在本机。`,
    failed: attemptSentence,
    loading: (model) => `正在加载 ${model}。`,
    ready: (model) => `${model} 已在本机就绪。`,
    interrupted: '已停止。已完成的部分会保留，用 npm start -- --local 可继续下载其余部分。',
    notFetched: (attempts) => ({
      headline: '未能下载本机模型，服务器照常启动。',
      items: attempts.map(attemptSentence),
      ...(attempts.some(({ part }) => part === 'engine')
        ? {
            details: ['已完成的部分会保留。要重试，请这样启动：'],
            commands: ['npm start -- --local'],
          }
        : {
            details: ['已完成的部分会保留。可以稍后重试，或指定一个 GGUF 文件（路径或网址）：'],
            commands: ['npm start -- --local', 'npm start -- --local --weights ./model.gguf'],
          }),
    }),
    weightsUnusable: (attempt) => ({
      headline: '指定的模型权重无法使用，服务器照常启动，但没有本机模型。',
      items: [attemptSentence(attempt)],
      details: ['请用路径或网址指定一个 GGUF 文件；不写 --weights 则下载一个小型开放模型：'],
      commands: ['npm start -- --local --weights ./model.gguf', 'npm start -- --local'],
    }),
    notStarted: (model, fault) => ({
      headline: `${model} 已在本机，但未能运行，服务器照常启动。`,
      details: [START_FAULTS[fault], '详情见日志。要检查它的文件：'],
      commands: ['npm run turnpike -- doctor'],
    }),
  },

  notices: {
    portInUse: (host, port, freePort) => ({
      headline: `${host} 的端口 ${port} 已被占用。`,
      details: [
        '另一个程序正在监听该端口，可能是另一个 Turnpike。未作任何更改。',
        '请停止那个程序，或换一个端口：',
      ],
      commands: [`TURNPIKE_PORT=${freePort} npm start`],
    }),
    hostUnusable: (host) => ({
      headline: `本机没有 ${host} 这个地址。`,
      details: ['未作任何更改。127.0.0.1 仅限本机访问，0.0.0.0 表示本机所在的所有网络：'],
      commands: ['TURNPIKE_HOST=127.0.0.1 npm start'],
    }),
    folderInUse: (dataDir, processId) => ({
      headline: `数据目录 ${dataDir} 正被${processId === undefined ? '另一个 Turnpike ' : `进程 ${processId} `}使用。`,
      details: [
        '另一个 Turnpike 正在写入，而一个账本只能由一个服务器写入。未作任何更改。',
        '请停止那一个，或为这一个指定单独的文件夹：',
      ],
      commands: ['TURNPIKE_DATA_DIR=./data-2 TURNPIKE_PORT=7071 npm start'],
    }),
    databaseNotOpened: (fault, path) => ({ ...DATABASE_FAULTS[fault], commands: [path] }),
    databaseServerNotUsable: (fault, address) => ({ ...DATABASE_SERVER_FAULTS[fault], commands: [address] }),
    keyFileUnusable: (path) => ({
      headline: '密钥文件无法读取，或其中没有密钥。',
      details: [
        '它用来打开上游的密钥，因此绝不会被新文件覆盖。未作任何更改。',
        '请从备份中恢复它；或者移走它，然后重新填写各上游的密钥。文件：',
      ],
      commands: [path],
    }),
    badConfiguration: (problems) => ({
      headline: `有 ${problems.length} 项设置无法使用，服务器没有启动。`,
      items: problems.map(problemSentence),
      details: [],
      commands: [],
    }),
    draining: (requests, deadlineSeconds) =>
      requests === 0
        ? '正在停止。'
        : `正在停止。还有 ${requests} 个请求未完成，最多等 ${deadlineSeconds} 秒。`,
    stopAtOnce: '再按一次 Ctrl+C 立即停止。',
    cutOff: (requests) => `已中断 ${requests} 个请求。已输出的部分照常扣费，其余预扣已退回。`,
    stopped: '已停止，所有数据均已保存。',
  },
};

const MODALITIES: Readonly<Record<string, string>> = {
  text: '文本',
  image: '图像',
  audio: '音频',
  video: '视频',
};

/** `1 次/秒 · 60 次/分 · 1,200 次/时`, without the windows that are not limited. */
function requestLimits(limits: RequestLimits): string {
  const windows = [
    [limits.perSecond, '秒'],
    [limits.perMinute, '分'],
    [limits.perHour, '时'],
  ] as const;
  return windows
    .flatMap(([limit, unit]) => (limit === undefined ? [] : [`${limit.toLocaleString('en-US')} 次/${unit}`]))
    .join(' · ');
}

/** Up to four names, `a、b 和 c`; of more, the first three and how many there are. */
function names(all: readonly string[], quote = ''): string {
  const quoted = all.map((name) => `${quote}${name}${quote}`);
  if (quoted.length > 4) return `${quoted.slice(0, 3).join('、')} 等 ${quoted.length} 个模型`;
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join('、')} 和 ${quoted.at(-1)}`;
}

const PARTS: Readonly<Record<LocalModelPart, string>> = { engine: '推理引擎', weights: '模型权重' };

function attemptSentence({ part, source, fault }: FetchAttempt): string {
  return `${PARTS[part]}，来自 ${source}：${FETCH_FAULTS[fault]}。`;
}

const FETCH_FAULTS: Readonly<Record<FetchFault, string>> = {
  unreachable: '无法连接',
  'timed-out': '未在限时内响应',
  'broke-off': '连接一再中断',
  refused: '对方返回错误',
  'not-found': '对方没有这个文件',
  checksum: '下载内容与校验值不符，未予保留',
  'no-space': '磁盘空间不足',
  'not-writable': '无法写入数据目录',
  'missing-tool': '本机没有用于下载的程序',
  'unsupported-platform': '没有适用于本机的版本',
  'bad-address': '网址有误',
  'no-such-file': '没有这个文件',
  unreadable: '无法读取该文件',
  'not-a-model': '该文件不是 GGUF 模型',
  'unknown-version': '该文件的 GGUF 版本未知',
  'split-model': '该文件只是拆分模型的一部分，请先合并为一个文件',
  interrupted: '已中断',
  failed: '失败，原因见日志',
};

const START_FAULTS: Readonly<Record<EngineStartFault, string>> = {
  'timed-out': '它未在限时内就绪；较小的模型加载更快。',
  ended: '加载时进程已退出：可能是内存不足，或文件已损坏。',
  interrupted: '加载已中断。',
  failed: '无法运行它的进程。',
};

const DATABASE_FAULTS = {
  'not-a-database': {
    headline: '数据库文件不是有效的数据库。',
    details: ['未作任何更改。请移走该文件，或用 TURNPIKE_DATA_DIR 指定其他文件夹。文件：'],
  },
  'not-ours': {
    headline: '该数据库属于其他程序。',
    details: ['未作任何更改。请用 TURNPIKE_DATA_DIR 指定其他文件夹。文件：'],
  },
  backup: {
    headline: '这是备份，而不是使用中的数据库。',
    details: ['未作任何更改。请把它移出数据目录，再用 restore 命令恢复。文件：'],
  },
  'half-restored': {
    headline: '此文件夹的恢复曾被中断。',
    details: ['其中的数据可能分属两次安装，因此没有启动。请重新运行同一恢复命令。数据库：'],
  },
  newer: {
    headline: '该数据库由更新版本的 Turnpike 写入。',
    details: [
      '当前版本可能误读，因此没有启动。未作任何更改。',
      '请改用较新的版本，或恢复升级前的备份。文件：',
    ],
  },
  changed: {
    headline: '该数据库由另一个版本建立，与当前版本不一致。',
    details: ['其中有当前版本不认识的结构变更。未作任何更改。', '请使用建立它的那个版本启动。文件：'],
  },
  damaged: {
    headline: '数据库已损坏。',
    details: [
      '修复之前不会回答任何请求，也不会扣费。',
      '请停止服务器，用 restore 命令加 --replace 恢复最近的备份；此文件会保留，其中大部分内容通常仍可恢复。文件：',
    ],
  },
  'read-only': {
    headline: '无法写入数据库。',
    details: ['请让运行 Turnpike 的系统用户有权写入该文件及其文件夹。文件：'],
  },
  locked: {
    headline: '数据库正被其他程序锁定。',
    details: ['未作任何更改。请关闭占用它的程序，然后重新启动。文件：'],
  },
  unreachable: {
    headline: '无法访问数据库文件。',
    details: ['请确认其文件夹存在且可进入，或用 TURNPIKE_DATA_DIR 指定其他文件夹。文件：'],
  },
} as const satisfies Record<DatabaseFault, { headline: string; details: readonly string[] }>;

const DATABASE_SERVER_FAULTS = {
  'not-ours': {
    headline: '该数据库中已有其他程序的表。',
    details: ['未作任何更改。请在 TURNPIKE_DATABASE_URL 中指定一个空数据库。数据库：'],
  },
  newer: {
    headline: '该数据库由更新版本的 Turnpike 写入。',
    details: [
      '当前版本可能误读，因此没有启动。未作任何更改。',
      '请改用较新的版本，或恢复升级前的备份。数据库：',
    ],
  },
  changed: {
    headline: '该数据库由另一个版本建立，与当前版本不一致。',
    details: ['其中有当前版本不认识的结构变更。未作任何更改。', '请使用建立它的那个版本启动。数据库：'],
  },
  'read-only': {
    headline: '无法写入数据库。',
    details: ['它是备库、被设为只读，或该用户无权建表。', '请指定主库，或授予该用户相应权限。数据库：'],
  },
  locked: {
    headline: '另一个进程正在更改数据库结构。',
    details: ['未作任何更改。请等它完成后重新启动。数据库：'],
  },
  unreachable: {
    headline: '无法连接数据库服务器。',
    details: ['请确认它正在运行，并检查 TURNPIKE_DATABASE_URL 中的地址。数据库：'],
  },
  'no-access': {
    headline: '数据库服务器拒绝了用户名或密码。',
    details: ['请检查 TURNPIKE_DATABASE_URL；其中的 @、/ 等字符应写作 %40、%2F。数据库：'],
  },
  'no-database': {
    headline: '服务器上没有这个数据库。',
    details: ['请用 createdb 创建，或在 TURNPIKE_DATABASE_URL 中指定其他数据库。数据库：'],
  },
  'too-old': {
    headline: 'PostgreSQL 服务器版本过低。',
    details: ['Turnpike 需要 13 或更高版本。未作任何更改。数据库：'],
  },
  'wrong-encoding': {
    headline: '该数据库无法存储所有文字。',
    details: ['请以 UTF8 编码创建（createdb --encoding=UTF8 --template=template0）。数据库：'],
  },
} as const satisfies Record<DatabaseServerFault, { headline: string; details: readonly string[] }>;

function problemSentence(problem: ConfigurationProblem): string {
  const { name } = problem;
  switch (problem.kind) {
    case 'port':
      return `${name}=${problem.value}：端口应为 0 到 65535 的整数。不设置则使用 7070。`;
    case 'one-of':
      return `${name}=${problem.value}：可选值为 ${problem.allowed.join('、')}。`;
    case 'url':
      return `${name}=${problem.value}：请填写接口地址，例如 http://127.0.0.1:11434/v1，其中不要包含密钥。`;
    case 'url-or-one-of':
      return `${name}=${problem.value}：可选值为 ${problem.allowed.join('、')}，或接口地址，例如 http://127.0.0.1:11434/v1。`;
    case 'host':
      return `${name}=${problem.value}：请填写 IP 地址或主机名，不带端口。`;
    case 'network':
      return `${name}：${problem.value || '空项'} 不是网段。请填写网段，例如 10.0.0.0/8 或 ::1/128，以逗号分隔。`;
    case 'email':
      return `${name}=${problem.value}：请填写邮箱地址，例如 you@example.com。`;
    case 'number':
      return `${name}=${problem.value}：请填写 ${problem.least} 到 ${problem.most} 的整数。`;
    case 'collector':
      return `${name}=${problem.value}：请填写采集器的基础地址，例如 http://127.0.0.1:4318；密钥请写在 OTEL_EXPORTER_OTLP_HEADERS 里。`;
    case 'money':
      return `${name}=${problem.value}：请填写美元金额，例如 25 或 0.50。`;
    case 'domains':
      return `${name}=${problem.value}：请填写以逗号分隔的域名，例如 example.com,example.org。`;
    case 'share':
      return `${name}=${problem.value}：请填写 0 到 1 之间的数，例如 0.1。`;
    case 'headers':
      return `${name}：请写成以逗号分隔的 name=value，值使用百分号编码。`;
    case 'folder':
      return `${name}=${problem.value}：无法创建或写入该文件夹，请换一个。`;
    case 'file':
      return `${name}=${problem.value}：文件不存在或无法读取。`;
    case 'too-short':
      return `${name}：至少需要 ${problem.leastCharacters} 个字符。`;
    case 'weak-password':
      return `${name}：请换一个密码，不超过 256 个字符，也不要用常见密码。`;
    case 'api-key':
      return `${name}：密钥由 xai- 加 80 个字母和数字组成。不设置则自动生成。`;
    case 'needs':
      return `${name} 需要与 ${problem.other} 同时设置，或都不设置。`;
    case 'excludes':
      return `${name} 与 ${problem.other} 相互矛盾，请只保留一个。`;
    case 'unknown':
      return `没有 ${name} 这项设置。${problem.meant === undefined ? '请删除。' : `您要的是 ${problem.meant} 吗？`}`;
    case 'database-url':
      return `${name} 不是 PostgreSQL 数据库地址。请写成 postgres://user:password@host:5432/database。`;
    case 'smtp-url':
      return `${name} 不是邮件服务器地址。请写成 smtp://user:password@host:587；一开始就使用 TLS 的写 smtps://…。`;
    case 'not-offered':
      return `当前版本不提供 ${name}，请删除。`;
  }
}
