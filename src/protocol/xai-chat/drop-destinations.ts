import { isJsonObject, type JsonObject, type JsonValue } from '../parse-json.ts';

/**
 * Fields by which other gateways let a caller choose where a request goes or whose key it carries. Where it goes
 * is the operator's choice alone, so they are dropped, at any depth, in any spelling (`api_base`, `apiBase`,
 * `litellm_params[api_base]`): everywhere but in what is content or a schema.
 */
const DESTINATION_NAMES = new Set(
  [
    'api_base api_key api_type api_version api_host base_url base_uri endpoint_url host_url proxy proxy_url proxies',
    'custom_llm_provider litellm_params litellm_credential_name model_list model_info router_settings user_config',
    'fallbacks context_window_fallbacks content_policy_fallbacks mock_response callback_url webhook_url',
    'extra_headers default_headers headers extra_query organization_id client_secret',
    'azure_endpoint azure_ad_token azure_ad_token_provider azure_username azure_password',
    'vertex_project vertex_location vertex_credentials vertex_ai_project vertex_ai_location vertex_ai_credentials',
    'aws_access_key_id aws_secret_access_key aws_session_token aws_region_name aws_bedrock_runtime_endpoint',
    'aws_role_name aws_session_name aws_profile_name aws_web_identity_token aws_sts_endpoint aws_external_id',
  ]
    .flatMap((line) => line.split(' '))
    .map(plain),
);

/**
 * OpenRouter's way to name another model, its provider or a paid extra. They count at the top of a body only: deeper
 * they are ordinary words. A dearer model than the one that is charged would be the operator's loss.
 */
const ROUTING_MEMBERS = new Set(['models', 'route', 'provider', 'plugins', 'preset']);

/** What nearly every body consists of. None of it leads anywhere, so nothing has to be spelled out to see that. */
const ORDINARY_NAMES: ReadonlySet<string> = new Set([
  ...[
    'model',
    'messages',
    'role',
    'content',
    'name',
    'stream',
    'stream_options',
    'include_usage',
    'n',
    'seed',
    'stop',
  ],
  ...[
    'temperature',
    'top_p',
    'max_tokens',
    'max_completion_tokens',
    'frequency_penalty',
    'presence_penalty',
    'user',
  ],
  ...['tools', 'tool_choice', 'tool_calls', 'tool_call_id', 'type', 'function', 'id', 'response_format'],
]);

/**
 * The parts of a body in which any name may stand, because it is the caller's own: what is said, the arguments of
 * a call, and the schemas of tools and answers. `[place]` is every item of an array.
 */
type Place = 'free' | readonly [Place] | { readonly [member: string]: Place };

const FREE_PLACES: Place = {
  messages: [
    {
      content: 'free',
      tool_calls: [{ function: { arguments: 'free' } }],
      function_call: { arguments: 'free' },
    },
  ],
  tools: [{ function: { parameters: 'free' }, parameters: 'free', input_schema: 'free' }],
  functions: [{ parameters: 'free' }],
  response_format: { json_schema: { schema: 'free' }, schema: 'free' },
  prediction: { content: 'free' },
  guided_json: 'free',
};

/** Drops the fields in place; true when there were any. The body is no deeper than `parseJson` lets it be. */
export function dropDestinations(body: JsonObject): boolean {
  let dropped = false;
  for (const member of ROUTING_MEMBERS) {
    if (!Object.hasOwn(body, member)) continue;
    delete body[member];
    dropped = true;
  }
  return dropIn(body, FREE_PLACES) || dropped;
}

function dropIn(value: JsonValue | undefined, place: Place | undefined): boolean {
  if (place === 'free') return false;
  let dropped = false;
  if (Array.isArray(value)) {
    const itemPlace = Array.isArray(place) ? place[0] : undefined;
    for (const item of value) dropped = dropIn(item, itemPlace) || dropped;
  } else if (isJsonObject(value)) {
    for (const key in value) {
      if (!ORDINARY_NAMES.has(key) && isDestination(key)) {
        delete value[key];
        dropped = true;
      } else {
        dropped = dropIn(value[key], memberPlace(place, key)) || dropped;
      }
    }
  }
  return dropped;
}

function memberPlace(place: Place | undefined, key: string): Place | undefined {
  if (place === undefined || typeof place === 'string' || isEach(place)) return undefined;
  return Object.hasOwn(place, key) ? place[key] : undefined;
}

function isEach(place: Place): place is readonly [Place] {
  return Array.isArray(place);
}

/** Also in bracket and path notation: `litellm_params[api_base]`, `extra_body.api_base`, `a/base_url`. */
function isDestination(key: string): boolean {
  if (DESTINATION_NAMES.has(plain(key))) return true;
  return /[^\w-]/.test(key) && key.split(/[^\w-]+/).some((piece) => DESTINATION_NAMES.has(plain(piece)));
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}
