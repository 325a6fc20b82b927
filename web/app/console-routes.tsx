import type { ReactNode } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import type { ChannelWords } from '../console/channels/words.en.ts';
import type { SetUpWords } from '../set-up/words.en.ts';
import { definePage } from '../shell/define-page.tsx';
import { PersonGate } from './person-gate.tsx';

const Frame = definePage(
  {
    en: async () => (await import('../shell/words.en.ts')).en,
    zh: async () => (await import('../shell/words.zh.ts')).zh,
  },
  async () => (await import('../shell/frame.tsx')).Frame,
);

const NotThere = definePage(
  {
    en: async () => (await import('../shell/words.en.ts')).en,
    zh: async () => (await import('../shell/words.zh.ts')).zh,
  },
  async () => (await import('../shell/not-there.tsx')).NotThere,
);

const Home = definePage(
  {
    en: async () => (await import('../console/home/words.en.ts')).en,
    zh: async () => (await import('../console/home/words.zh.ts')).zh,
  },
  async () => (await import('../console/home/home-page.tsx')).HomePage,
);

const Keys = definePage(
  {
    en: async () => (await import('../console/keys/words.en.ts')).en,
    zh: async () => (await import('../console/keys/words.zh.ts')).zh,
  },
  async () => (await import('../console/keys/keys-page.tsx')).KeysPage,
);

const Requests = definePage(
  {
    en: async () => (await import('../console/requests/words.en.ts')).en,
    zh: async () => (await import('../console/requests/words.zh.ts')).zh,
  },
  async () => (await import('../console/requests/requests-page.tsx')).RequestsPage,
);

const OneRequest = definePage(
  {
    en: async () => (await import('../console/requests/words.en.ts')).en,
    zh: async () => (await import('../console/requests/words.zh.ts')).zh,
  },
  async () => (await import('../console/requests/request-page.tsx')).RequestPage,
);

const Usage = definePage(
  {
    en: async () => (await import('../console/usage/words.en.ts')).en,
    zh: async () => (await import('../console/usage/words.zh.ts')).zh,
  },
  async () => (await import('../console/usage/usage-page.tsx')).UsagePage,
);

const Playground = definePage(
  {
    en: async () => (await import('../console/playground/words.en.ts')).en,
    zh: async () => (await import('../console/playground/words.zh.ts')).zh,
  },
  async () => (await import('../console/playground/playground-page.tsx')).PlaygroundPage,
);

const Models = definePage(
  {
    en: async () => (await import('../console/models/words.en.ts')).en,
    zh: async () => (await import('../console/models/words.zh.ts')).zh,
  },
  async () => (await import('../console/models/models-page.tsx')).ModelsPage,
);

const Credit = definePage(
  {
    en: async () => (await import('../console/credit/words.en.ts')).en,
    zh: async () => (await import('../console/credit/words.zh.ts')).zh,
  },
  async () => (await import('../console/credit/credit-page.tsx')).CreditPage,
);

const Overview = definePage(
  {
    en: async () => (await import('../console/overview/words.en.ts')).en,
    zh: async () => (await import('../console/overview/words.zh.ts')).zh,
  },
  async () => (await import('../console/overview/overview-page.tsx')).OverviewPage,
);

const Limits = definePage(
  {
    en: async () => (await import('../console/limits/words.en.ts')).en,
    zh: async () => (await import('../console/limits/words.zh.ts')).zh,
  },
  async () => (await import('../console/limits/limits-page.tsx')).LimitsPage,
);

const Team = definePage(
  {
    en: async () => (await import('../console/team/words.en.ts')).en,
    zh: async () => (await import('../console/team/words.zh.ts')).zh,
  },
  async () => (await import('../console/team/team-page.tsx')).TeamPage,
);

interface ChannelsWords {
  readonly own: ChannelWords;
  readonly setUp: SetUpWords;
}

const Channels = definePage(
  {
    en: async () => ({
      own: (await import('../console/channels/words.en.ts')).en,
      setUp: (await import('../set-up/words.en.ts')).en,
    }),
    zh: async () => ({
      own: (await import('../console/channels/words.zh.ts')).zh,
      setUp: (await import('../set-up/words.zh.ts')).zh,
    }),
  },
  async () => {
    const { ChannelsPage } = await import('../console/channels/channels-page.tsx');
    return ({ words }: { readonly words: ChannelsWords }) => (
      <ChannelsPage words={words.own} setUpWords={words.setUp} />
    );
  },
);

const Catalogue = definePage(
  {
    en: async () => (await import('../console/catalogue/words.en.ts')).en,
    zh: async () => (await import('../console/catalogue/words.zh.ts')).zh,
  },
  async () => (await import('../console/catalogue/catalogue-page.tsx')).CataloguePage,
);

const OneModel = definePage(
  {
    en: async () => (await import('../console/catalogue/words.en.ts')).en,
    zh: async () => (await import('../console/catalogue/words.zh.ts')).zh,
  },
  async () => (await import('../console/catalogue/model-page.tsx')).ModelPage,
);

const People = definePage(
  {
    en: async () => (await import('../console/people/words.en.ts')).en,
    zh: async () => (await import('../console/people/words.zh.ts')).zh,
  },
  async () => (await import('../console/people/people-page.tsx')).PeoplePage,
);

const Invites = definePage(
  {
    en: async () => (await import('../console/invites/words.en.ts')).en,
    zh: async () => (await import('../console/invites/words.zh.ts')).zh,
  },
  async () => (await import('../console/invites/invites-page.tsx')).InvitesPage,
);

const OnePerson = definePage(
  {
    en: async () => (await import('../console/people/words.en.ts')).en,
    zh: async () => (await import('../console/people/words.zh.ts')).zh,
  },
  async () => (await import('../console/people/person-page.tsx')).PersonPage,
);

const Security = definePage(
  {
    en: async () => (await import('../console/security/words.en.ts')).en,
    zh: async () => (await import('../console/security/words.zh.ts')).zh,
  },
  async () => (await import('../console/security/security-page.tsx')).SecurityPage,
);

const Profile = definePage(
  {
    en: async () => (await import('../console/profile/words.en.ts')).en,
    zh: async () => (await import('../console/profile/words.zh.ts')).zh,
  },
  async () => (await import('../console/profile/profile-page.tsx')).ProfilePage,
);

const Ledger = definePage(
  {
    en: async () => (await import('../console/ledger/words.en.ts')).en,
    zh: async () => (await import('../console/ledger/words.zh.ts')).zh,
  },
  async () => (await import('../console/ledger/ledger-page.tsx')).LedgerPage,
);

const Codes = definePage(
  {
    en: async () => (await import('../console/codes/words.en.ts')).en,
    zh: async () => (await import('../console/codes/words.zh.ts')).zh,
  },
  async () => (await import('../console/codes/codes-page.tsx')).CodesPage,
);

const Settings = definePage(
  {
    en: async () => (await import('../console/settings/words.en.ts')).en,
    zh: async () => (await import('../console/settings/words.zh.ts')).zh,
  },
  async () => (await import('../console/settings/settings-page.tsx')).SettingsPage,
);

const Activity = definePage(
  {
    en: async () => (await import('../console/activity/words.en.ts')).en,
    zh: async () => (await import('../console/activity/words.zh.ts')).zh,
  },
  async () => (await import('../console/activity/activity-page.tsx')).ActivityPage,
);

const Design = definePage(
  {
    en: async () => (await import('../console/design/words.en.ts')).en,
    zh: async () => (await import('../console/design/words.zh.ts')).zh,
  },
  async () => (await import('../console/design/design-page.tsx')).DesignPage,
);

/** The pages of somebody who is signed in, inside the frame. One line for each page. */
export function ConsoleRoutes(): ReactNode {
  return (
    <PersonGate>
      <Frame>
        <Switch>
          <Route path="/console">
            <Home />
          </Route>
          <Route path="/console/keys">
            <Keys />
          </Route>
          <Route path="/console/requests">
            <Requests />
          </Route>
          <Route path="/console/requests/:requestId">
            <OneRequest />
          </Route>
          <Route path="/console/usage">
            <Usage />
          </Route>
          <Route path="/console/playground">
            <Playground />
          </Route>
          <Route path="/console/models">
            <Models />
          </Route>
          <Route path="/console/credit">
            <Credit />
          </Route>
          <Route path="/console/overview">
            <Overview />
          </Route>
          <Route path="/console/limits">
            <Limits />
          </Route>
          <Route path="/console/team">
            <Team />
          </Route>
          <Route path="/console/channels">
            <Channels />
          </Route>
          <Route path="/console/catalogue">
            <Catalogue />
          </Route>
          <Route path="/console/catalogue/:modelId">
            <OneModel />
          </Route>
          <Route path="/console/invites">
            <Invites />
          </Route>
          <Route path="/console/people">
            <People />
          </Route>
          <Route path="/console/people/:personId">
            <OnePerson />
          </Route>
          <Route path="/console/ledger">
            <Ledger />
          </Route>
          <Route path="/console/codes">
            <Codes />
          </Route>
          <Route path="/console/settings">
            <Settings />
          </Route>
          <Route path="/console/activity">
            <Activity />
          </Route>
          <Route path="/console/design">
            <Design />
          </Route>
          <Route path="/console/profile">
            <Profile />
          </Route>
          <Route path="/console/security">
            <Security />
          </Route>
          <Route path="/">
            <Redirect to="/console" />
          </Route>
          <Route>
            <NotThere />
          </Route>
        </Switch>
      </Frame>
    </PersonGate>
  );
}
