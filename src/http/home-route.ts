import { chooseLanguage, languageNamed } from '../language/choose-language.ts';
import { type HomePageFacts, homePageHeaders, renderHomePage } from './home-page.ts';
import { ownBaseUrl } from './own-base-url.ts';
import type { Route } from './route.ts';

/** `GET /`: the page for people, in their language. */
export function homeRoute(
  facts: (baseUrl: string) => Promise<HomePageFacts>,
  configuredUrl: () => string,
): Route {
  return {
    method: 'GET',
    path: '/',
    async handle(request) {
      const asked = new URL(request.url).searchParams.get('lang') ?? undefined;
      const language =
        languageNamed(asked) ?? chooseLanguage(request.headers.get('accept-language') ?? undefined);
      const baseUrl = ownBaseUrl(
        {
          host: request.headers.get('host') ?? undefined,
          forwardedProtocol: request.headers.get('x-forwarded-proto') ?? undefined,
        },
        configuredUrl(),
      );
      return new Response(renderHomePage(await facts(baseUrl), language), { headers: homePageHeaders });
    },
  };
}
