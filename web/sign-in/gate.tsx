import { type ReactNode, useContext } from 'react';
import { Icon } from '../design/icons.tsx';
import { Wordmark } from '../design/wordmark.tsx';
import { LanguageContext } from '../shell/language.ts';
import { Scene } from './scene.tsx';
import './sign-in.css';
import type { SignInWords } from './words.en.ts';

interface GateProps {
  readonly words: Pick<SignInWords, 'otherLanguage' | 'stays'>;
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

/** What is around every page before the console: the way in, a forgotten password, a confirmed address. */
export function Gate({ words, title, lead, children }: GateProps): ReactNode {
  const { language, setLanguage } = useContext(LanguageContext);
  return (
    <div className="si">
      <header className="row">
        <span className="brand">
          <Wordmark />
        </span>
        <button
          type="button"
          className="btn ghost sm push"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => setLanguage(language === 'en' ? 'zh' : 'en')}
        >
          <Icon name="globe" />
          {words.otherLanguage}
        </button>
      </header>
      <main>
        <div className="card">
          <h1>{title}</h1>
          <p className="meta lead">{lead}</p>
          {children}
        </div>
      </main>
      <Scene />
      <footer className="meta t3">{words.stays}</footer>
    </div>
  );
}
