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

export const english: Sentences = {
  tag: 'en',

  home: {
    running: 'Turnpike is running',
    about: [
      'A model platform in one program: the API, accounts and keys, credit and an exact ledger.',
      'What was made for `api.x.ai` works here after changing the host name.',
      'Every request is charged to the last digit, and the ledger shows it.',
    ],
    setUp:
      'Nobody can sign in yet. Open the set-up link that the terminal showed when Turnpike was started, or make a new one there: `npm run turnpike -- set-up-link`',
    switchLanguage: { name: '简体中文', tag: 'zh-CN', query: 'zh' },
    answering: {
      heading: 'Who answers',
      aModel: 'A model answers',
      simulator: 'Simulator',
      noneConnected:
        'No model is connected. The simulator answers with made-up text, and every answer says so.',
      notConnected: (models) =>
        `No model is connected for ${names(models, '`')}. There the simulator answers with made-up text, and every answer says so.`,
      connect: 'Connect a real model',
      connectAnother: 'Connect another model',
      restart: 'Stop Turnpike and start it again like this. A channel needs no restart.',
      here: { title: 'On this machine', note: 'a small open model, fetched once' },
      xai: { title: 'xAI', note: 'with a key of yours' },
      compatible: { title: 'Ollama, vLLM, SGLang', note: 'or any OpenAI-compatible server' },
      ollamaFound: 'Ollama found on this machine',
      channels: { title: 'Channels', note: 'an upstream of its own for each model' },
    },
    firstCall: {
      heading: 'Make the first call',
      baseUrl: 'Base URL',
      openAiBaseUrl: 'In OpenAI’s dialect',
      key: '`$TURNPIKE_API_KEY` stands for your key. The first key was shown in the terminal at the first start, once; `npm run turnpike -- keys create NAME` makes another.',
      paste: 'Paste this into a terminal',
      clickSelects: 'one click selects it all',
    },
    models: {
      heading: 'Models',
      model: 'Model',
      modalities: 'Input → output',
      context: 'Context',
      input: '$ in',
      output: '$ out',
      perMillion: 'Context in tokens. Prices in US dollars per million tokens, input and output.',
      modality: (name) => name,
      limits: (limits) => requestLimits(limits) || 'No request limits',
    },
    clients: {
      heading: 'Use it from an app',
      chatbox: {
        title: 'Chatbox',
        summary: 'as a custom provider',
        steps: ({ baseUrl, models }) => [
          'Settings → Model Provider → Add. The API mode is “OpenAI API Compatible”.',
          `API Host: \`${baseUrl}/v1\`. API Path: leave it empty.`,
          `API Key: your key. Models: \`${models}\`, or let Chatbox fetch the list.`,
          'The built-in xAI provider always calls `api.x.ai` and cannot be pointed elsewhere.',
        ],
      },
      oneApi: {
        title: 'One API',
        summary: 'as a channel',
        steps: ({ baseUrl, models }) => [
          `Type “xAI”: the proxy field takes the base URL without \`/v1\`: \`${baseUrl}\``,
          `Type “OpenAI 兼容” (OpenAI-compatible): the base URL with \`/v1\`: \`${baseUrl}/v1\``,
          `Key: your key. Models: \`${models}\``,
        ],
      },
      libreChat: {
        title: 'LibreChat',
        summary: 'as a custom endpoint',
        steps: () => [
          'Put this into `librechat.yaml`, `TURNPIKE_API_KEY` into `.env`, and restart LibreChat.',
        ],
      },
      container:
        'Inside a container, `127.0.0.1` is the container itself. There write `host.docker.internal` instead, and start Turnpike with `TURNPIKE_HOST=0.0.0.0`.',
    },
    links: {
      console: 'the console: sign in, connect a model, watch what it costs',
      models: 'every model, with your key',
      health: 'whether this server is alive',
      heading: 'More',
    },
    stays: 'Your data stays on this server',
  },

  start: {
    dataLabel: 'Data',
    databaseLabel: 'Database',
    mailLabel: 'Mail',
    mailToFolder: (path) => `files in ${path}`,
    accountLabel: 'Account',
    setUpLabel: 'Set up',
    keyLabel: 'Key',
    nextLabel: 'Next',
    stopLabel: 'Stop',
    simulator: 'simulator, no model',
    ofImages: ' (images)',
    noneConnected:
      'No model is connected. The simulator answers with made-up text, and every answer says so.',
    notConnected: (models) =>
      `No model is connected for ${names(models)}. There the simulator answers with made-up text, and every answer says so.`,
    imagesNotConnected: (models) =>
      `No model is connected that takes images for ${names(models)}. The simulator answers them with made-up text, and every answer says so.`,
    connect: 'To connect a real one, stop this and start it again with one of these:',
    addChannel: 'To connect one, add a channel; no restart is needed:',
    noneConnectedAgain: (command) => `No model is connected. To connect one: ${command}`,
    ollamaFound: (url) => `Ollama is running at ${url}. To answer with one of its models:`,
    ollamaAgain: (baseUrl) => `Ollama is running here; ${baseUrl} shows how to use it.`,
    limitsOff: 'Request and token limits are off (TURNPIKE_LIMITS=off). Credit still holds.',
    unusedSetting: (name) => `${name} is set, and has no effect in this version.`,
    firstStart: 'First start. This is yours:',
    setUp: 'Open this link to choose your e-mail and password. It works once; nobody can sign in before.',
    account: (email, credit) => `${email}, with ${credit} of credit`,
    keyOnce: 'Shown once, and stored only as a hash. Keep it safe.',
    pasteCurl: 'Your first call. Paste this into another terminal:',
    openPage: (baseUrl) => `Open ${baseUrl} to connect Chatbox, One API or LibreChat.`,
    stop: 'Ctrl+C. The next start finds everything as it was.',
  },

  localModel: {
    intro: 'A small open model for this machine. This is done once; the next start finds it.',
    part: (part) => (part === 'engine' ? 'Engine' : 'Weights'),
    fetching: (part, source) => `Fetching the ${part} from ${source}.`,
    progress: (part, percent, doneSize, totalSize) =>
      `The ${part}: ${percent} %, ${doneSize} of ${totalSize}.`,
    checking: (part) => `Checking the ${part}.`,
    fetched: (part, size, isVerified) =>
      `The ${part}: ${size}${isVerified ? ', checksum correct.' : '. The source states no checksum.'}`,
    present: (part) => `The ${part} ${part === 'engine' ? 'is' : 'are'} here already.`,
    failed: attemptSentence,
    loading: (model) => `Loading ${model}.`,
    ready: (model) => `${model} is ready on this machine.`,
    interrupted: 'Stopped. What is complete is kept; npm start -- --local fetches the rest.',
    notFetched: (attempts) => ({
      headline: 'The local model could not be fetched. The server starts without it.',
      items: attempts.map(attemptSentence),
      // Weights of one's own are of no use without the engine.
      ...(attempts.some(({ part }) => part === 'engine')
        ? {
            details: ['What is complete is kept. To try again, start it like this:'],
            commands: ['npm start -- --local'],
          }
        : {
            details: ['What is complete is kept. Try again later, or name a GGUF file, by path or URL:'],
            commands: ['npm start -- --local', 'npm start -- --local --weights ./model.gguf'],
          }),
    }),
    weightsUnusable: (attempt) => ({
      headline: 'These weights cannot be used. The server starts without a local model.',
      items: [attemptSentence(attempt)],
      details: [
        'Name one GGUF file, by path or by URL, or leave --weights out to have a small open model fetched:',
      ],
      commands: ['npm start -- --local --weights ./model.gguf', 'npm start -- --local'],
    }),
    notStarted: (model, fault) => ({
      headline: `${model} is here, but it did not start. The server starts without it.`,
      details: [START_FAULTS[fault], 'The log says more. To have its files looked at:'],
      commands: ['npm run turnpike -- doctor'],
    }),
  },

  notices: {
    portInUse: (host, port, freePort) => ({
      headline: `Port ${port} on ${host} is in use.`,
      details: [
        'Another program listens there, perhaps another Turnpike. Nothing was changed.',
        'Stop that one, or choose another port:',
      ],
      commands: [`TURNPIKE_PORT=${freePort} npm start`],
    }),
    hostUnusable: (host) => ({
      headline: `This machine has no address ${host}.`,
      details: ['Nothing was changed. 127.0.0.1 is this machine alone, 0.0.0.0 is every network it is on:'],
      commands: ['TURNPIKE_HOST=127.0.0.1 npm start'],
    }),
    folderInUse: (dataDir, processId) => ({
      headline: `The data folder ${dataDir} is in use${processId === undefined ? '' : ` by process ${processId}`}.`,
      details: [
        'Another Turnpike writes there, and two must never write to one ledger. Nothing was changed.',
        'Stop that one, or start this one with a folder of its own:',
      ],
      commands: ['TURNPIKE_DATA_DIR=./data-2 TURNPIKE_PORT=7071 npm start'],
    }),
    databaseNotOpened: (fault, path) => ({ ...DATABASE_FAULTS[fault], commands: [path] }),
    databaseServerNotUsable: (fault, address) => ({ ...DATABASE_SERVER_FAULTS[fault], commands: [address] }),
    keyFileUnusable: (path) => ({
      headline: 'The key file cannot be read or holds no key.',
      details: [
        'It opens the keys of your upstreams, so it is never made anew over another. Nothing was changed.',
        'Put it back from a backup, or move it away and give the keys of your channels again. The file is:',
      ],
      commands: [path],
    }),
    badConfiguration: (problems) => ({
      headline:
        problems.length === 1
          ? 'One setting cannot be used. Nothing was started.'
          : `${problems.length} settings cannot be used. Nothing was started.`,
      items: problems.map(problemSentence),
      details: [],
      commands: [],
    }),
    draining: (requests, deadlineSeconds) =>
      requests === 0
        ? 'Stopping.'
        : `Stopping. ${requests} ${requests === 1 ? 'request is' : 'requests are'} being finished, ${deadlineSeconds} s at most.`,
    stopAtOnce: 'Ctrl+C again stops at once.',
    cutOff: (requests) =>
      `${requests} ${requests === 1 ? 'request was' : 'requests were'} cut off. What was answered is charged, the rest of the hold is released.`,
    stopped: 'Stopped. Everything is saved.',
  },
};

/** `1/s · 60/min · 1,200/h`, without the windows that are not limited. */
function requestLimits(limits: RequestLimits): string {
  const windows = [
    [limits.perSecond, 's'],
    [limits.perMinute, 'min'],
    [limits.perHour, 'h'],
  ] as const;
  return windows
    .flatMap(([limit, unit]) => (limit === undefined ? [] : [`${limit.toLocaleString('en-US')}/${unit}`]))
    .join(' · ');
}

/** Up to four names, `a, b and c`; of more, the first three and how many follow. */
function names(all: readonly string[], quote = ''): string {
  const quoted = all.map((name) => `${quote}${name}${quote}`);
  if (quoted.length > 4) return `${quoted.slice(0, 3).join(', ')} and ${quoted.length - 3} more`;
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

const PARTS: Readonly<Record<LocalModelPart, string>> = { engine: 'The engine', weights: 'The weights' };

function attemptSentence({ part, source, fault }: FetchAttempt): string {
  return `${PARTS[part]} from ${source}: ${FETCH_FAULTS[fault]}.`;
}

const FETCH_FAULTS: Readonly<Record<FetchFault, string>> = {
  unreachable: 'it could not be reached',
  'timed-out': 'it did not answer in time',
  'broke-off': 'the connection broke off again and again',
  refused: 'it answered with an error',
  'not-found': 'there is no such file',
  checksum: 'what arrived is not what was expected, and was not kept',
  'no-space': 'the disk is full',
  'not-writable': 'the data folder cannot be written',
  'missing-tool': 'the program for that is not installed',
  'unsupported-platform': 'there is none for this kind of machine',
  'bad-address': 'the address cannot be read',
  'no-such-file': 'there is no such file',
  unreadable: 'the file cannot be read',
  'not-a-model': 'the file is not a GGUF model',
  'unknown-version': 'the file is a GGUF model of an unknown version',
  'split-model': 'the file is one part of a split model; merge the parts into one',
  interrupted: 'it was interrupted',
  failed: 'it failed; the log says why',
};

const START_FAULTS: Readonly<Record<EngineStartFault, string>> = {
  'timed-out': 'It was not ready in time. A smaller model loads faster.',
  ended: 'Its process ended while it loaded. Either the memory does not suffice, or a file is damaged.',
  interrupted: 'It was interrupted.',
  failed: 'Its process could not be run.',
};

const DATABASE_FAULTS = {
  'not-a-database': {
    headline: 'The database file is not a database.',
    details: [
      'Nothing was changed. Move the file away, or name another folder with TURNPIKE_DATA_DIR. The file is:',
    ],
  },
  'not-ours': {
    headline: 'The database belongs to another program.',
    details: ['Nothing was changed. Name another folder with TURNPIKE_DATA_DIR. The file is:'],
  },
  backup: {
    headline: 'This is a backup and not a database in use.',
    details: [
      'Nothing was changed. Move it out of the data folder, and restore it with the command restore. The file is:',
    ],
  },
  'half-restored': {
    headline: 'A restore into this folder was interrupted.',
    details: [
      'What is here may be of two installations, so nothing was started. Run the same restore again. The database is:',
    ],
  },
  newer: {
    headline: 'The database was written by a newer Turnpike.',
    details: [
      'This version could read it wrongly, so it did not start. Nothing was changed.',
      'Start the newer version again, or restore a backup from before the update. The file is:',
    ],
  },
  changed: {
    headline: 'The database was made by a version that differs from this one.',
    details: [
      'Its schema has steps that this version does not know. Nothing was changed.',
      'Start the version that made it. The file is:',
    ],
  },
  damaged: {
    headline: 'The database is damaged.',
    details: [
      'No call is answered and no money moves until it is sound again.',
      'Stop, and restore the last backup with the command restore and --replace, which keeps this file: much of it can usually be recovered. The file is:',
    ],
  },
  'read-only': {
    headline: 'The database cannot be written.',
    details: ['Give the account that runs Turnpike the right to write the file and its folder. The file is:'],
  },
  locked: {
    headline: 'Another program keeps the database locked.',
    details: ['Nothing was changed. Close the program that has it open, then start again. The file is:'],
  },
  unreachable: {
    headline: 'The database file cannot be reached.',
    details: [
      'Check that its folder exists and may be entered, or name another with TURNPIKE_DATA_DIR. The file is:',
    ],
  },
} as const satisfies Record<DatabaseFault, { headline: string; details: readonly string[] }>;

const DATABASE_SERVER_FAULTS = {
  'not-ours': {
    headline: 'The database has tables of another program.',
    details: ['Nothing was changed. Name an empty database in TURNPIKE_DATABASE_URL. The database is:'],
  },
  newer: {
    headline: 'The database was written by a newer Turnpike.',
    details: [
      'This version could read it wrongly, so it did not start. Nothing was changed.',
      'Start the newer version again, or restore a backup from before the update. The database is:',
    ],
  },
  changed: {
    headline: 'The database was made by a version that differs from this one.',
    details: [
      'Its schema has steps that this version does not know. Nothing was changed.',
      'Start the version that made it. The database is:',
    ],
  },
  'read-only': {
    headline: 'The database cannot be written.',
    details: [
      'It is a standby, set to be read only, or this user may not make tables in it.',
      'Name the primary server, or give the user the right. The database is:',
    ],
  },
  locked: {
    headline: 'Another process is changing the database.',
    details: ['Nothing was changed. Wait until it is done, then start again. The database is:'],
  },
  unreachable: {
    headline: 'The database server cannot be reached.',
    details: ['Check that it runs, and its address in TURNPIKE_DATABASE_URL. The database is:'],
  },
  'no-access': {
    headline: 'The database server refuses the user or the password.',
    details: [
      'Check both in TURNPIKE_DATABASE_URL; characters such as @ and / are written as %40 and %2F. The database is:',
    ],
  },
  'no-database': {
    headline: 'The server has no database of this name.',
    details: ['Make it with createdb, or name another in TURNPIKE_DATABASE_URL. The database is:'],
  },
  'too-old': {
    headline: 'The PostgreSQL server is too old.',
    details: ['Turnpike needs version 13 or later. Nothing was changed. The database is:'],
  },
  'wrong-encoding': {
    headline: 'The database cannot store every text.',
    details: [
      'Make one with the encoding UTF8 (createdb --encoding=UTF8 --template=template0). The database is:',
    ],
  },
} as const satisfies Record<DatabaseServerFault, { headline: string; details: readonly string[] }>;

function problemSentence(problem: ConfigurationProblem): string {
  const { name } = problem;
  switch (problem.kind) {
    case 'port':
      return `${name}=${problem.value}: a port is a whole number from 0 to 65535. Leave it out for 7070.`;
    case 'one-of':
      return `${name}=${problem.value}: use ${list(problem.allowed)}.`;
    case 'url':
      return `${name}=${problem.value}: use a base URL such as http://127.0.0.1:11434/v1, without a key in it.`;
    case 'url-or-one-of':
      return `${name}=${problem.value}: use ${problem.allowed.join(', ')} or a base URL such as http://127.0.0.1:11434/v1.`;
    case 'host':
      return `${name}=${problem.value}: use an IP address or a host name, without a port.`;
    case 'network':
      return `${name}: ${problem.value || 'an empty entry'} is not a network. Use networks such as 10.0.0.0/8 or ::1/128 with commas between.`;
    case 'email':
      return `${name}=${problem.value}: use an e-mail address such as you@example.com.`;
    case 'number':
      return `${name}=${problem.value}: use a whole number from ${problem.least} to ${problem.most}.`;
    case 'collector':
      return `${name}=${problem.value}: use the collector's base URL, such as http://127.0.0.1:4318; a key belongs into OTEL_EXPORTER_OTLP_HEADERS.`;
    case 'money':
      return `${name}=${problem.value}: use an amount in dollars, such as 25 or 0.50.`;
    case 'domains':
      return `${name}=${problem.value}: use domains with commas between them, such as example.com,example.org.`;
    case 'share':
      return `${name}=${problem.value}: use a number from 0 to 1, such as 0.1.`;
    case 'headers':
      return `${name}: write name=value pairs with commas between them, the values in percent encoding.`;
    case 'folder':
      return `${name}=${problem.value}: this folder cannot be made or written. Choose one that can.`;
    case 'file':
      return `${name}=${problem.value}: there is no such file, or it cannot be read.`;
    case 'too-short':
      return `${name}: use at least ${problem.leastCharacters} characters.`;
    case 'weak-password':
      return `${name}: take another password, of at most 256 characters and not one that many people use.`;
    case 'api-key':
      return `${name}: a key is xai- and 80 letters and digits. Leave it out, and one is made for you.`;
    case 'needs':
      return `${name} also needs ${problem.other}. Set both, or neither.`;
    case 'excludes':
      return `${name} and ${problem.other} contradict each other. Set one of them.`;
    case 'unknown':
      return `${name} is not a setting.${problem.meant === undefined ? ' Remove it.' : ` Is ${problem.meant} meant?`}`;
    case 'database-url':
      return `${name} is not the address of a PostgreSQL database. Write postgres://user:password@host:5432/database.`;
    case 'smtp-url':
      return `${name} is not the address of a mail server. Write smtp://user:password@host:587, or smtps://… for TLS from the start.`;
    case 'not-offered':
      return `${name} is not offered by this version. Remove it.`;
  }
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
