import type { ReactNode } from 'react';
import { Redirect } from 'wouter';
import { usePerson } from '../../shell/person.tsx';
import { Buttons, Choices, Fields } from './controls.tsx';
import './design.css';
import { Figures } from './figures-shown.tsx';
import { Colors, Marks, Types } from './foundations.tsx';
import { Messages, States } from './messages.tsx';
import { Overlays } from './overlays.tsx';
import type { DesignWords } from './words.en.ts';

/** `/console/design`: everything that the pages are made of, in its states, for whoever builds another one. */
export function DesignPage({ words }: { readonly words: DesignWords }): ReactNode {
  const { me } = usePerson();
  if (!me.isOperator) return <Redirect to="/console" />;
  return (
    <div className="page design">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
      </div>
      <Marks words={words} />
      <Colors words={words} />
      <Types words={words} />
      <Buttons words={words} />
      <Fields words={words} />
      <Choices words={words} />
      <Messages words={words} />
      <Figures words={words} />
      <States words={words} />
      <Overlays words={words} />
    </div>
  );
}
