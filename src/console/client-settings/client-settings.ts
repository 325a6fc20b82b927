import { KEY_PLACEHOLDER, walkThroughCurl } from '../../language/walk-through-curl.ts';
import { pythonExample, typescriptExample } from './code-examples.ts';
import { librechatYaml } from './librechat-settings.ts';

/**
 * How one client is pointed here. Where its key belongs stands `KEY_PLACEHOLDER`, so that a key that is shown once is
 * put in by the page that shows it and never travels again.
 */
export type ClientSettings =
  | {
      readonly client: 'curl' | 'python' | 'typescript' | 'librechat' | 'chatbox' | 'open-webui';
      readonly kind: 'text';
      readonly syntax: 'shell' | 'python' | 'typescript' | 'yaml' | 'json';
      readonly text: string;
    }
  | {
      readonly client: 'one-api-xai' | 'one-api-openai' | 'cursor';
      readonly kind: 'fields';
      readonly fields: readonly ClientField[];
    };

/** One field of a client's own settings page; the page that shows it has its name in the reader's language. */
export interface ClientField {
  readonly field: 'type' | 'base-url' | 'key' | 'models';
  readonly value: string;
}

/** More would not be read, and clients ask for the list themselves. */
const NAMED_MODELS = 12;

/** Settings for whatever people point at an API like this one; `baseUrl` has no trailing slash and no `/v1`. */
export function clientSettings(baseUrl: string, models: readonly string[]): ClientSettings[] {
  const named = models.slice(0, NAMED_MODELS);
  const first = named[0] ?? 'grok-beta';
  const fields = (type: string | undefined, base: string): ClientField[] => [
    ...(type === undefined ? [] : [{ field: 'type', value: type } as const]),
    { field: 'base-url', value: base },
    { field: 'key', value: KEY_PLACEHOLDER },
    { field: 'models', value: named.join(',') },
  ];
  return [
    text('curl', 'shell', walkThroughCurl(baseUrl, KEY_PLACEHOLDER)),
    text('python', 'python', pythonExample(baseUrl, first)),
    text('typescript', 'typescript', typescriptExample(baseUrl, first)),
    text('chatbox', 'json', chatboxImport(baseUrl, named)),
    text('librechat', 'yaml', librechatYaml(baseUrl, named)),
    // One API appends `/v1` itself for its type 45 and not for its type 50.
    { client: 'one-api-xai', kind: 'fields', fields: fields('xAI', baseUrl) },
    { client: 'one-api-openai', kind: 'fields', fields: fields('OpenAI Compatible', `${baseUrl}/v1`) },
    text('open-webui', 'shell', openWebui(baseUrl)),
    // What takes OpenAI's API under another address wants OpenAI's own errors.
    { client: 'cursor', kind: 'fields', fields: fields(undefined, `${baseUrl}/openai/v1`) },
  ];
}

function text<Client extends Extract<ClientSettings, { kind: 'text' }>['client']>(
  client: Client,
  syntax: Extract<ClientSettings, { kind: 'text' }>['syntax'],
  content: string,
): ClientSettings {
  return { client, kind: 'text', syntax, text: content };
}

/** Chatbox takes this from the clipboard: settings, model provider, import. */
function chatboxImport(baseUrl: string, models: readonly string[]): string {
  const provider = {
    id: 'turnpike',
    name: 'Turnpike',
    type: 'openai',
    settings: {
      apiHost: baseUrl,
      apiPath: '/v1/chat/completions',
      apiKey: KEY_PLACEHOLDER,
      models: models.map((modelId) => ({ modelId })),
    },
  };
  return JSON.stringify(provider, null, 2);
}

/** In a container, `127.0.0.1` is the container itself. */
function openWebui(baseUrl: string): string {
  const reached = baseUrl.replace(/\/\/(?:localhost|127\.0\.0\.1)(?=:|$)/, '//host.docker.internal');
  return `docker run -d -p 3000:8080 \\
  --add-host=host.docker.internal:host-gateway \\
  -e OPENAI_API_BASE_URL="${reached}/v1" \\
  -e OPENAI_API_KEY="${KEY_PLACEHOLDER}" \\
  -v open-webui:/app/backend/data --name open-webui \\
  ghcr.io/open-webui/open-webui:main`;
}
