/** Models named in the settings of a client; it fetches the rest itself. */
const NAMED_MODELS = 6;

/** `librechat.yaml`. A string of JSON is one of YAML too, whatever it holds. */
export function librechatYaml(baseUrl: string, models: readonly string[]): string {
  return `version: 1.3.14
cache: true
endpoints:
  custom:
    - name: "Turnpike"
      apiKey: "\${TURNPIKE_API_KEY}"
      baseURL: ${JSON.stringify(`${baseUrl}/v1`)}
      models:
        default: [${models
          .slice(0, NAMED_MODELS)
          .map((id) => JSON.stringify(id))
          .join(', ')}]
        fetch: true
      titleConvo: true
      titleModel: "current_model"
      modelDisplayLabel: "Turnpike"`;
}
