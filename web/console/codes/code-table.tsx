import type { ReactNode } from 'react';
import type { Code } from '../../../src/http/api/wire/operator-codes.ts';
import { Money } from '../../design/money.tsx';
import { useLanguage } from '../../shell/language.ts';
import { momentText } from '../../shell/moments.ts';
import { type CodeState, codeState } from './code-state.ts';
import type { CodesWords } from './words.en.ts';

interface TableProps {
  readonly words: CodesWords;
  readonly rows: readonly Code[];
  readonly onUses: (code: Code) => void;
  readonly onEnd: (code: Code) => void;
}

const DOTS: Readonly<Record<CodeState, string>> = {
  open: 'dot',
  used: 'dot off',
  over: 'dot off',
  ended: 'dot bad',
};

/** A row a code, by its last letters. How often it was used leads to who used it. */
export function CodeTable({ words, rows, onUses, onEnd }: TableProps): ReactNode {
  const { heads } = words;
  return (
    <table className="tbl flush codes">
      <thead className="hide-m">
        <tr>
          <th>{heads.code}</th>
          <th>{heads.state}</th>
          <th>{heads.until}</th>
          <th>{heads.made}</th>
          <th className="r">{heads.used}</th>
          <th className="r">{heads.amount}</th>
          <th>
            <span className="sr-only">{heads.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((code) => (
          <CodeRow key={code.id} words={words} code={code} onUses={onUses} onEnd={onEnd} />
        ))}
      </tbody>
    </table>
  );
}

function CodeRow(props: Omit<TableProps, 'rows'> & { readonly code: Code }): ReactNode {
  const { words, code } = props;
  const language = useLanguage();
  const state = codeState(code, Date.now());
  const { redacted, memo, uses, expiresAtMs, createdAtMs, createdBy, amountTicks } = code;
  const used = words.usedOf(uses.done, uses.most);
  return (
    <tr className={state === 'open' ? '' : 'dim'}>
      <td className="name">
        <div className="b5 mono">{redacted}</div>
        <div className="sub ell">{memo === '' ? words.none : memo}</div>
      </td>
      <td className="hide-m">
        <span className="st">
          <i className={DOTS[state]} />
          {words.states[state]}
        </span>
      </td>
      <td className="hide-m t2">{expiresAtMs === null ? words.noEnd : momentText(expiresAtMs, language)}</td>
      <td className="hide-m t2">
        {momentText(createdAtMs, language)}
        <div className="sub ell">{createdBy}</div>
      </td>
      <td className="r used">
        {uses.done === 0 ? (
          <span className="t3">{used}</span>
        ) : (
          <button
            type="button"
            className="btn sm"
            aria-label={words.usesOf(redacted, used)}
            onClick={() => props.onUses(code)}
          >
            {used}
          </button>
        )}
      </td>
      <td className="r amount">
        <Money ticks={amountTicks} digits="balance" />
        <div className="sub only-m blk">{words.states[state]}</div>
      </td>
      <td className="r end">
        {state === 'open' && (
          <button
            type="button"
            className="btn sm danger"
            aria-label={words.ending.label(redacted)}
            onClick={() => props.onEnd(code)}
          >
            {words.ending.action}
          </button>
        )}
      </td>
    </tr>
  );
}
