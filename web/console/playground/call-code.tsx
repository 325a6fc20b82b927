import { type ReactNode, useState } from 'react';
import { CopyButton } from '../../design/copy-button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { TabList } from '../../design/tab-list.tsx';
import { type CallLanguage, callText, LANGUAGES } from './call-text.ts';
import type { CallBody } from './draft.ts';
import type { PlaygroundWords } from './words.en.ts';

/** The call as a program of the reader's own would make it. */
export function CallCode(props: {
  readonly words: PlaygroundWords;
  readonly baseUrl: string;
  readonly body: CallBody;
  readonly onClose: () => void;
}): ReactNode {
  const { words, baseUrl, body, onClose } = props;
  const { code } = words;
  const [language, setLanguage] = useState<CallLanguage>('curl');
  const text = callText(language, baseUrl, body);
  return (
    <Dialog title={code.title} closeLabel={words.close} onClose={onClose}>
      <p className="meta">{code.text}</p>
      <div>
        <TabList
          label={code.tabs}
          tabs={LANGUAGES.map((name) => ({ name, text: code.languages[name] }))}
          chosen={language}
          onChoose={setLanguage}
        >
          <div className="code">
            <div className="ch">
              <span className="grow">{code.languages[language]}</span>
              <CopyButton text={text} words={words} isSmall />
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, by keyboard too. */}
            <pre tabIndex={0} className="raw-text">
              {text}
            </pre>
          </div>
        </TabList>
      </div>
    </Dialog>
  );
}
