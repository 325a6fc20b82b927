/** Keeps cookies as a browser does, and asks as a page of the server itself. */
export class Browser {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();
  /** The last `set-cookie` of each name, whole. */
  readonly setCookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Puts a cookie there that somebody else chose. */
  plant(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  get(path: string): Promise<Response> {
    return this.#ask(path, { headers: { cookie: this.cookie } });
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Response> {
    return this.send('POST', path, body, headers);
  }

  /** With any method. */
  send(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.#ask(path, {
      method,
      headers: { 'content-type': 'application/json', cookie: this.cookie, origin: this.#url, ...headers },
      body: JSON.stringify(body),
    });
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(this.#url + path, { redirect: 'manual', ...init });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.setCookies.set(name, line);
      if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}
