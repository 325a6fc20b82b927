import type { ReactNode } from 'react';
import type { Setting } from '../../../src/http/api/wire/operator-installation.ts';
import { groupSettings } from './setting-groups.ts';
import type { SettingsWords } from './words.en.ts';

interface SectionProps {
  readonly words: SettingsWords;
  readonly settings: readonly Setting[];
}

/** What the environment says at the start: each setting with its name there, what it does and what holds. */
export function EnvironmentSection({ words, settings }: SectionProps): ReactNode {
  const { environment } = words;
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{environment.title}</h2>
      </div>
      <p className="meta">{environment.text}</p>
      {groupSettings(settings).map(({ group, rows }) => (
        <table className="tbl flush environment" key={group}>
          <caption>{environment.groups[group]}</caption>
          <thead className="sr-only">
            <tr>
              <th>{environment.setting}</th>
              <th>{environment.value}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((setting) => (
              <tr key={setting.name}>
                <td>
                  <code className="env-name">{setting.environmentName}</code>
                  <div className="sub">{environment.does[setting.environmentName ?? ''] ?? ''}</div>
                </td>
                <td className="env-value">
                  <Value words={words} setting={setting} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

function Value(props: { readonly words: SettingsWords; readonly setting: Setting }): ReactNode {
  const { environment } = props.words;
  const { isSet, isSecret, value, usual } = props.setting;
  if (!isSet)
    return (
      <>
        <div className="t2 mono">{usual === null || usual === '' ? environment.notSet : usual}</div>
        {usual !== null && usual !== '' && <div className="sub">{environment.sources.default}</div>}
      </>
    );
  return (
    <>
      <div className="b5 mono">{isSecret ? environment.secret : value}</div>
      <div className="sub">{environment.sources[props.setting.source]}</div>
    </>
  );
}
