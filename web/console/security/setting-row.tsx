import type { ReactNode } from 'react';

/** One matter of an account: what it is called, how it stands, and what can be done about it. */
export function SettingRow(props: {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="setting-row">
      <div className="grow">
        <h2>{props.title}</h2>
        <p className="meta">{props.text}</p>
      </div>
      <div className="acts">{props.children}</div>
    </section>
  );
}
