import { chineseCodes } from './code-words-zh.ts';
import { chineseFindings } from './finding-words-zh.ts';
import { chineseHelp } from './help-words-zh.ts';
import { chineseMail } from './mail-words-zh.ts';
import { notOpenedInChinese } from './not-opened-words.ts';
import { chineseRefusals } from './refusal-words-zh.ts';
import { chineseSignIn } from './sign-in-words-zh.ts';
import type { Words } from './words.ts';

/** How a value that is not there stands in a sentence. */
const NONE = '–';

/** 命令行的全部文字，简体中文。 */
export const chinese: Words = {
  ...chineseHelp,
  ...chineseFindings,

  labels: {
    ...chineseCodes.labels,
    ...chineseSignIn.labels,
    tone: '紧急程度',
    subject: '对象',
    starts_at: '开始',
    english: '英文',
    ends_at: '结束',
    chinese: '中文',
    changes: '更改',
    address: '来源',
    actor: '操作人',
    action: '操作',
    account: '账目',
    acls: '权限',
    aliases: '别名',
    allowed_from: '允许来源',
    amount_ticks: '金额',
    at: '时间',
    audio_input_ticks_per_token: '音频输入/百万',
    available_ticks: '可用',
    banned: '停用',
    base_url: 'Base URL',
    blocked: '封禁',
    cached_input_ticks_per_token: '缓存输入/百万',
    context_tokens: '上下文',
    cost_ticks: '费用',
    created_at: '创建时间',
    database: '数据库',
    data_dir: '数据目录',
    day: '日期 (UTC)',
    duration_ms: '毫秒',
    email: '邮箱',
    domains: '域名',
    sign_up_credit_ticks: '注册额度',
    daily_free_credit_ticks: '每日赠送上限',
    most_per_day_ticks: '每天最多花费',
    given_today_ticks: '今日已赠送（UTC）',
    registration: '注册',
    used_by: '使用者',
    enabled: '启用',
    entries: '分录',
    estimated_beyond_report: '自行计数：输出多于上游报告',
    estimated_interrupted: '自行计数：进程中断',
    estimated_unreported: '自行计数：上游未报告用量',
    estimated_without_prompt: '自行计数：上游未报告输入',
    expires_at: '失效时间',
    failed_requests: '失败',
    file: '文件',
    follows_key_id: '接替密钥',
    gateway_ms: '网关毫秒',
    granted_ticks: '运营方：已发放',
    has_key: '密钥',
    held_ticks: '预扣',
    http_status: '状态码',
    id: 'id',
    image_input_ticks_per_token: '图像输入/百万',
    input_modalities: '输入',
    input_ticks_per_token: '输入/百万',
    input_tokens: '输入',
    joined_at: '加入时间',
    key_id: '密钥 id',
    key_file: '密钥文件',
    kind: '类型',
    last_used_at: '最近使用',
    limits: '限制',
    live_holds: '进行中的预扣',
    lost_holds: '已退出进程的预扣',
    maximum_output_tokens: '最长回答',
    made_at: '数据截至',
    memo: '备注',
    model: '模型',
    models: '模型',
    modified_at: '修改时间',
    modified_by: '修改者',
    name: '名称',
    outcome: '结果',
    output_ticks_per_token: '输出/百万',
    output_tokens: '输出',
    owned_by: '所有者',
    personal: '个人',
    priority: '优先级',
    reason: '原因',
    reasoning_tokens: '推理',
    redacted: '密钥',
    request_id: '请求',
    requests: '请求数',
    requests_in_flight: '同时',
    requests_per_hour: '每小时',
    requests_per_minute: '每分钟',
    requests_per_second: '每秒',
    revenue_ticks: '运营方：已收费',
    revoked_at: '吊销时间',
    role: '角色',
    rows: '行数',
    set_aside: '原有文件',
    size_bytes: '大小',
    slug: '团队',
    spend_per_day_ticks: '每日支出上限 (UTC)',
    spend_per_month_ticks: '每月支出上限 (UTC)',
    state: '状态',
    table: '表',
    team: '团队',
    team_id: '团队 id',
    team_name: '名称',
    time_to_first_token_ms: '首 token 毫秒',
    tokens_per_minute: 'token/分钟',
    took_ms: '毫秒',
    transactions: '交易',
    uncollected_ticks: '运营方：未收回',
    user_id: '用户 id',
    valid_from: '生效时间',
    wallets: '钱包',
  },

  values: {
    true: '是',
    false: '否',
    null: NONE,
    beginning: '一直',
    unlimited: '不限',
    // 角色
    owner: '所有者',
    administrator: '管理员',
    user: '用户',
    member: '成员',
    billing: '账务',
    // 密钥状态
    active: '有效',
    disabled: '已停用',
    expired: '已过期',
    revoked: '已吊销',
    // 注册与邀请
    closed: '关闭',
    'invite-only': '凭邀请',
    open: '开放',
    used: '已使用',
    ended: '已撤回',
    shown: '正在显示',
    'to-come': '尚未开始',
    over: '已结束',
    // 流水
    grant: '发放',
    withdrawal: '收回',
    hold: '预扣',
    charge: '扣费',
    release: '退回',
    uncollected: '未收回',
    held: '预扣',
    available: '可用',
    request: '请求',
    'sign-up': '注册',
    operator: '运营方',
    other: '其他',
    // 请求结果
    completed: '完成',
    'cut-credit': '额度用尽',
    'cut-limit': '达到支出上限',
    'cut-key': '密钥失效',
    'client-gone': '客户端断开',
    'upstream-broke': '上游中断',
    failed: '失败',
    refused: '已拒绝',
    'shut-down': '停机',
    interrupted: '进程中断',
    // 上游类型
    simulator: '模拟器',
    local: '本机',
    'openai-compatible': 'OpenAI 兼容',
  },

  limit: {
    requests_per_second: (most) => `${most}/秒`,
    requests_per_minute: (most) => `${most}/分`,
    requests_per_hour: (most) => `${most}/时`,
    tokens_per_minute: (most) => `${most} token/分`,
    requests_in_flight: (most) => `同时 ${most}`,
  },

  done: {
    ...chineseMail.done,
    'users create': (fact) =>
      `已新建 ${fact('email')}（${fact('role')}），个人团队可用额度 ${fact('available_ticks')}。\n下一步：turnpike keys create 名称 --user ${fact('email')}`,
    'users ban': (fact) => `已停用 ${fact('email')}，其创建的密钥全部失效。`,
    'users unban': (fact) => `已重新启用 ${fact('email')}。`,
    'invitations create': (fact) =>
      `最先打开此链接的人可以创建账户。链接只显示这一次，有效至 ${fact('expires_at')}：\n\n${fact('link')}${chineseMail.letters[fact('letter')] ?? ''}`,
    ...chineseCodes.done,
    ...chineseSignIn.done,
    'invitations revoke': (fact) => `邀请 ${fact('id')} 已撤回，无人能再使用。`,
    'notices remove': (fact) => `公告 ${fact('id')} 已撤下。`,
    'teams create': (fact) =>
      `已新建团队 ${fact('slug')}。它还没有额度：turnpike credit grant 金额 --team ${fact('slug')}`,
    'teams add-member': (fact) => `${fact('email')} 已加入 ${fact('slug')}（${fact('role')}）。`,
    'teams remove-member': (fact) =>
      `${fact('email')} 已移出 ${fact('slug')}。停用的密钥：${fact('disabled_keys')}。`,
    'teams block': (fact) => `已封禁 ${fact('slug')}，其密钥全部失效。`,
    'teams unblock': (fact) => `已解封 ${fact('slug')}。`,
    'keys create': (fact) =>
      `${fact('key')}\n\n这是 ${fact('team_name')} 的密钥“${fact('name')}”，只显示这一次，请妥善保存。其 id 为 ${fact('id')}。`,
    'keys rotate': (fact) =>
      `${fact('key')}\n\n这是新的密钥“${fact('name')}”，只显示这一次，请妥善保存。其 id 为 ${fact('id')}。\n原密钥 ${fact('earlier_redacted')} 可用至 ${fact('earlier_expires_at')}。`,
    'keys disable': (fact) => `已停用 ${fact('redacted')}（${fact('name')}）。`,
    'keys enable': (fact) => `${fact('redacted')}（${fact('name')}）当前${fact('state')}。`,
    'keys revoke': (fact) => `已永久吊销 ${fact('redacted')}（${fact('name')}）。`,
    'credit grant': (fact) =>
      fact('outcome') === 'exists'
        ? `发放 ${fact('id')} 之前已入账，这次没有变动。${fact('team_name')} 可用额度 ${fact('available_ticks')}。`
        : `已向 ${fact('team_name')} 发放 ${fact('amount_ticks')}，现有可用额度 ${fact('available_ticks')}。`,
    'credit withdraw': (fact) =>
      fact('outcome') === 'exists'
        ? `收回 ${fact('id')} 之前已入账，这次没有变动。${fact('team_name')} 可用额度 ${fact('available_ticks')}。`
        : `已从 ${fact('team_name')} 收回 ${fact('amount_ticks')}，现有可用额度 ${fact('available_ticks')}。`,
    'credit sign-up': (fact) => `新用户注册时获得 ${fact('amount_ticks')}。`,
    'channels enable': (fact) => `渠道 ${fact('name')} 已启用。`,
    'channels disable': (fact) => `渠道 ${fact('name')} 已停用。`,
    'channels remove': (fact) => `渠道 ${fact('name')} 已删除。`,
    'models enable': (fact) => `已重新提供 ${fact('id')}。`,
    'models disable': (fact) => `已停止提供 ${fact('id')}。`,
    'models remove': (fact) => `已从目录中删除 ${fact('id')}。`,
    'copy-database': (fact) =>
      `数据库已复制到 ${fact('database')}。两边的行数和余额全部一致；数据目录保持原样。\n下一步：设置 TURNPIKE_DATABASE_URL 启动服务器，并保留数据目录中的 secret.key：渠道密钥用它加密。`,
    backup: (fact) =>
      `${fact('findings') === '0' ? '已读回副本核对，账目无误。' : `已读回副本核对，账目有误，发现 ${fact('findings')} 个问题。`}
其中包含整个数据库，以及能打开上游密钥的密钥文件：请像数据目录一样妥善保管，并放在另一块磁盘上。本机模型不在其中。
恢复方法：turnpike restore '${fact('file')}'`,
    restore: (fact) =>
      `${fact('findings') === '0' ? '已恢复，账目无误。' : `已恢复，但账目有误，发现 ${fact('findings')} 个问题。`}备份之后发生的一切不在其中；turnpike audit 会一直注明。
备份时进行中的请求（${fact('lost_holds')} 个）将在下次启动时结束：按当时的记录扣费，其余退回。`,
    audit: (fact) =>
      `${
        fact('findings') === '0' ? '账目无误，没有发现问题。' : `账目有误，发现 ${fact('findings')} 个问题。`
      }${fact('restored_at') === NONE ? '' : `\n账目于 ${fact('restored_at')} 从${fact('backup_made_at') === NONE ? '' : ` ${fact('backup_made_at')} 的`}备份恢复：其间的账目不在其中。`}`,
  },

  nothing: '没有可列出的内容。',
  times: (zone) => `时间所用时区：${zone}。`,
  nextPage: (cursor) => `还有更多：--cursor ${cursor}`,

  refusals: chineseRefusals,

  faults: {
    unknownCommand: '正在运行的服务器不认识这个命令，可能版本不同，请重启服务器。',
    wrongInput: (parameter) => `${parameter} 的值不可用。`,
    busy: '等待执行的命令太多。没有做任何改动。',
    storage: '数据库没有响应。没有做任何改动。',
    storageUnknown: '数据库没有及时响应。改动可能已经生效，请先查看再重试。',
    internal: '内部出错，详情见服务器日志。',
    notTaken: '服务器没有接受这个命令。没有做任何改动。',
    noReply: '服务器没有及时回答。命令可能已经执行，请先查看再重试。',
    folderHeld: (path, pid) =>
      `${path} 正被${pid === undefined ? '另一个进程' : `进程 ${pid}`}占用，且该进程没有响应。请等它结束，或停止它。`,
    noFolder: (path) => `没有数据目录 ${path}。请先启动一次服务器，或用 TURNPIKE_DATA_DIR 指定目录。`,
    folderNotUsable: (path) => `当前用户不能写数据目录 ${path}。详情：turnpike doctor。`,
    folderNotMade: (path) => `无法创建数据目录 ${path}，请检查上级目录的权限。`,
    notOpened: (path, reason) =>
      `无法打开 ${path} 中的数据库：${notOpenedInChinese(reason)}。详情：turnpike doctor。`,
  },

  checkStates: { ok: '正常', warning: '提示', problem: '问题' },
  checksHealthy: '没有发现妨碍 Turnpike 运行的问题。',
  checksUnhealthy: '这样 Turnpike 无法正常运行。',

  checks: {
    ...chineseMail.checks,
    'folder-ok': ({ path }) => ({ text: `数据目录 ${path} 可写，且只有本用户可读。` }),
    'folder-missing': ({ path }) => ({
      text: `没有数据目录 ${path}。`,
      remedy: '先启动一次服务器，或用 TURNPIKE_DATA_DIR 指定目录。',
    }),
    'folder-not-writable': ({ path }) => ({
      text: `当前用户不能写数据目录 ${path}。`,
      remedy: '请用目录的所有者运行，或更改其所有者。',
    }),
    'open-to-others': ({ path, mode }) => ({
      text: `本机其他用户可以访问 ${path}（${mode}）。`,
      remedy: `chmod go= '${path}'`,
    }),
    'key-file-unusable': ({ path }) => ({
      text: `密钥文件 ${path} 无法读取，或其中没有密钥。`,
      remedy: '请从备份中恢复它；或者移走它，然后重新填写各上游的密钥。',
    }),
    'server-runs': ({ pid }) => ({ text: `服务器正在运行（进程 ${pid}）并有响应。` }),
    'server-stopped': () => ({ text: '该目录上没有服务器在运行。' }),
    'folder-held': ({ pid }) => ({
      text: `${pid === 0 ? '另一个进程' : `进程 ${pid}`} 占用了数据目录，且没有响应。`,
      remedy: '若它正在启动或停止，请稍候；否则请结束它。',
    }),
    'database-ok': ({ engine }) => ({ text: `数据库（${engine}）可读可写，结构为最新。` }),
    'database-not-opened': ({ reason }) => ({
      text: `无法打开数据库：${notOpenedInChinese(reason)}。`,
      remedy: '请保留原文件，并查看服务器启动时的提示。',
    }),
    'database-damaged': () => ({
      text: '数据库文件已损坏。',
      remedy: '请停止服务器，恢复最近的备份：turnpike restore 文件 --replace',
    }),
    'database-not-working': () => ({
      text: '数据库已打开但不能工作。',
      remedy: '请检查磁盘是否已满或只读。',
    }),
    'database-not-looked-at': () => ({ text: '没有检查数据库。' }),
    'catalogue-ok': ({ models }) => ({ text: `目录中有 ${models} 个模型，定义均正确。` }),
    'catalogue-empty': () => ({
      text: '目录中没有模型。',
      remedy: 'turnpike models set 模型 --context N --input-price P --output-price P',
    }),
    'model-wrong': ({ model, fault }) => ({
      text: `模型 ${model} 的定义有误：${fault}。`,
      remedy: `turnpike models set ${model} …`,
    }),
    'model-without-price': ({ model }) => ({
      text: `模型 ${model} 目前没有价格。`,
      remedy: `turnpike models price ${model} --input P --output P`,
    }),
    'name-twice': ({ name }) => ({
      text: `名称 ${name} 指向两个模型。`,
      remedy: `turnpike models set 模型 --remove-alias ${name}`,
    }),
    'model-answered': ({ model, channel }) => ({ text: `${model} 由 ${channel} 回答。` }),
    'model-simulated': ({ model }) => ({
      text: `${model} 由模拟器回答，并非真实模型。`,
      remedy: 'turnpike channels add --preset xai --key -',
    }),
    'model-by-default': ({ model }) => ({
      text: `${model} 没有上游，由谁回答取决于服务器的启动方式。`,
      remedy: 'turnpike channels add --preset xai --key -，或用 --local 启动',
    }),
    'model-unanswered': ({ model }) => ({
      text: `没有上游回答 ${model}。`,
      remedy: `turnpike channels add 名称 --base-url URL --model ${model}`,
    }),
    'bun-ok': ({ version }) => ({ text: `Bun ${version}。` }),
    'bun-old': ({ version, needed }) => ({
      text: `Bun ${version} 太旧，需要 ${needed}。`,
      remedy: 'npm install',
    }),
    'connections-ok': ({ most }) => ({ text: `同时最多向上游发出 ${most} 个请求。` }),
    'connections-few': ({ most, needed }) => ({
      text: `同时只能向上游发出 ${most} 个请求，其余会无声等待。`,
      remedy: `在 Bun 启动前把 BUN_CONFIG_MAX_HTTP_REQUESTS 设为 ${needed} 或更大；npm start 会自动设置。`,
    }),
    'clock-ok': () => ({ text: '系统时钟看起来正常。' }),
    'clock-wrong': ({ now }) => ({ text: `系统时钟为 ${now}，不可能正确。`, remedy: '请校准本机时钟。' }),
    'clock-behind': ({ now, seen }) => ({
      text: `系统时钟为 ${now}，但已有 ${seen} 的记录。`,
      remedy: '请校准本机时钟。',
    }),
    'engine-ready': ({ path }) => ({ text: `本机模型位于 ${path}。` }),
    'engine-incomplete': ({ path }) => ({
      text: `${path} 中的本机模型不完整。`,
      remedy: 'npm start -- --local 会补齐缺少的文件。',
    }),
    'engine-damaged': ({ path, files, folder }) => ({
      text: `文件已损坏：${path}${files === 1 ? '' : `，推理引擎另有 ${files - 1} 个文件`}。`,
      remedy: `请删除 ${folder}，再用 npm start -- --local 重新下载。`,
    }),
    'weights-damaged': ({ path }) => ({
      text: `本机模型的权重已损坏：${path}。`,
      remedy: '请删除该文件，再用 npm start -- --local 重新下载。',
    }),
    'own-weights-changed': ({ path }) => ({
      text: `模型权重 ${path} 已不存在或内容已变。`,
      remedy: '请放回原文件，或另行指定：npm start -- --local --weights 文件',
    }),
  },
};
