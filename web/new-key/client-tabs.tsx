import { type ReactNode, useEffect, useState } from 'react';
import type { ClientSettings, ClientSettingsList } from '../../src/http/api/wire/client-settings.ts';
import { ask } from '../api/ask.ts';
import { CopyButton } from '../design/copy-button.tsx';
import { TabList } from '../design/tab-list.tsx';
import './new-key.css';
import type { NewKeyWords } from './words.en.ts';

const PLACEHOLDER = '$TURNPIKE_API_KEY';

interface TabsProps {
  readonly words: NewKeyWords;
  readonly teamId: string;
  /** Absent when the key was shown before; a name stands in its place then. */
  readonly secret: string | undefined;
}

/** Ready-made settings, a tab for each client, with the new key in them. It is put in here and sent nowhere. */
export function ClientTabs({ words, teamId, secret }: TabsProps): ReactNode {
  const [rows, setRows] = useState<ClientSettingsList['rows']>([]);
  const [at, setAt] = useState(0);
  useEffect(() => {
    let isGone = false;
    ask<ClientSettingsList>('GET', `/teams/${teamId}/client-settings`).then(
      (list) => {
        if (!isGone) setRows(list.rows);
      },
      // The key works without them, and the page says that it waits.
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [teamId]);
  const current = rows[at];
  if (current === undefined) return null;
  return (
    <TabList
      label={words.tabs}
      tabs={rows.map(({ client }) => ({ name: client, text: words.clients[client] }))}
      chosen={current.client}
      onChoose={(chosen) => setAt(rows.findIndex(({ client }) => client === chosen))}
    >
      <Settings words={words} settings={current} secret={secret ?? PLACEHOLDER} />
    </TabList>
  );
}

function Settings(props: {
  readonly words: NewKeyWords;
  readonly settings: ClientSettings;
  readonly secret: string;
}): ReactNode {
  const { words, settings, secret } = props;
  const how = words.how[settings.client];
  if (settings.kind === 'text') {
    const text = settings.text.replaceAll(PLACEHOLDER, secret);
    return (
      <div className="code">
        <div className="ch">
          {how}
          <CopyButton text={text} words={words} isSmall />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, by keyboard too. */}
        <pre tabIndex={0}>{coloured(text)}</pre>
      </div>
    );
  }
  return (
    <div className="code">
      <div className="ch">{how}</div>
      <dl className="client-fields">
        {settings.fields.map(({ field, value }) => {
          const text = value.replace(PLACEHOLDER, secret);
          return (
            <div key={field}>
              <dt className="meta t3">{words.fields[field]}</dt>
              <dd className="row">
                <span className="mono ell">{text}</span>
                <CopyButton text={text} words={words} isSmall />
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

const PARTS = /(^curl| -[HdepvX](?= )|"[^"\n]*"|'[^']*'|^(?:#|\/\/).*$)/m;

/** A command's name, options and quoted texts, each in their own colour. */
function coloured(text: string): ReactNode[] {
  // A key of React's own: parts never change their place.
  return text.split(new RegExp(PARTS, 'gm')).map((part, place) => {
    const name =
      part === 'curl' ? 'ck' : part.startsWith(' -') ? 'cn' : /^["']/.test(part) ? 'cs' : undefined;
    const isComment = /^(?:#|\/\/)/.test(part);
    const className = isComment ? 'cc' : name;
    return className === undefined ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text as a whole is what changes.
      <span key={place} className={className}>
        {part}
      </span>
    );
  });
}
