export const en = {
  copy: 'Copy',
  copied: 'Copied',
  clients: {
    curl: 'curl',
    python: 'Python',
    typescript: 'JavaScript',
    chatbox: 'Chatbox',
    librechat: 'LibreChat',
    'one-api-xai': 'One API',
    'one-api-openai': 'One API (OpenAI)',
    'open-webui': 'Open WebUI',
    cursor: 'Cursor',
  },
  how: {
    curl: 'Paste this into a terminal',
    python: 'Save as first.py and run it',
    typescript: 'Save as first.mjs and run it with Node or Bun',
    chatbox: 'Copy, then in Chatbox: Settings, Model provider, Import from clipboard',
    librechat: 'librechat.yaml; put the key into .env as TURNPIKE_API_KEY',
    'one-api-xai': 'In One API: Channels, Add, of this type',
    'one-api-openai': 'In One API: Channels, Add, of this type',
    'open-webui': 'Paste this into a terminal',
    cursor: 'In Cursor, Cline and the like: OpenAI API key, Override base URL',
  },
  fields: { type: 'Type', 'base-url': 'Base URL', key: 'Key', models: 'Models' },
  tabs: 'Ways to send the first request',
  wait: {
    title: 'Waiting for your first request…',
    hint: 'It appears here the moment it arrives.',
    lost: 'Connection lost. Trying again…',
    arrived: 'Your first request arrived',
    refused: 'Your first request arrived, and was not answered',
    line: (model: string, input: number, output: number, duration: string) =>
      `${model} · ${input} + ${output} tokens · ${duration}`,
    simulated: 'The simulator answered: no model did. Connect one to get real answers.',
    said: (text: string) => `It said: ${text}`,
  },
};

export type NewKeyWords = typeof en;
