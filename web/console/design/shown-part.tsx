import type { ReactNode } from 'react';

/** A part of the page, with where its components are. */
export function ShownPart(props: {
  readonly title: string;
  readonly source?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="sec shown-part">
      <div className="sec-h">
        <h2>{props.title}</h2>
        {props.source !== undefined && <code className="in push">{props.source}</code>}
      </div>
      {props.children}
    </section>
  );
}
