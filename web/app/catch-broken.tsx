import { Component, type ReactNode } from 'react';
import { firstLanguage } from '../shell/language.ts';
import { en } from './words.en.ts';
import { zh } from './words.zh.ts';

interface CatchBrokenProps {
  readonly children: ReactNode;
}

/** A page that could not be loaded or drawn says so, instead of leaving the window empty. */
export class CatchBroken extends Component<CatchBrokenProps, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    const words = firstLanguage() === 'zh' ? zh : en;
    return (
      <main>
        <div className="empty" role="alert">
          <h1>{words.title}</h1>
          <p>{words.text}</p>
          <button type="button" className="btn pri" onClick={() => location.reload()}>
            {words.again}
          </button>
        </div>
      </main>
    );
  }
}
