import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { BillLine, RequestEntry } from '../../../src/http/api/wire/requests.ts';
import { Money } from '../../design/money.tsx';
import { dollarsOfTicks } from '../../design/typed-amount.ts';
import { useLanguage } from '../../shell/language.ts';
import { clockText, dateText } from '../../shell/moments.ts';
import { localDay } from '../../shell/zone.ts';
import { billRest } from './bill-rest.ts';
import type { OneRequestProps } from './request-page.tsx';
import type { RequestsWords } from './words.en.ts';

const MILLION = 1_000_000n;

/** How the cost comes about, line by line, and what it moved in the ledger. The lines add up to what was charged. */
export function Receipt({ words, request }: OneRequestProps): ReactNode {
  const { one } = words;
  const { bill, ledger } = request;
  const language = useLanguage();
  const { uncollected, forgiven } = billRest(bill);
  const day = localDay(request.atMs);
  return (
    <section>
      <div className="sec-h">
        <h2>{one.receipt}</h2>
      </div>
      <dl className="receipt">
        {bill.lines.map((line) => (
          <Line key={line.kind} words={words} line={line} />
        ))}
        {uncollected > 0n && <Off label={one.uncollected} ticks={uncollected} />}
        {forgiven !== 0n && <Off label={one.forgiven} ticks={forgiven} />}
        <div className="total">
          <dt>{one.total}</dt>
          <dd className="num">{(request.inputTokens + request.outputTokens).toLocaleString('en')}</dd>
          <dd>
            <Money ticks={bill.costTicks} />
          </dd>
        </div>
      </dl>
      <p className="meta t3 receipt-note">
        {bill.lines.length > 0 && bill.pricedFromMs !== null
          ? bill.pricedFromMs === 0
            ? one.firstPrices
            : one.pricedFrom(dateText(bill.pricedFromMs, language))
          : bill.costTicks !== '0' && one.noPrices}
      </p>
      <div className="row between moves-head">
        <h3 className="micro">{one.ledger}</h3>
        {ledger.length > 0 && (
          <Link className="link-meta" href={`/console/credit?from=${day}&to=${day}`}>
            {one.statement}
          </Link>
        )}
      </div>
      {ledger.length === 0 ? (
        <p className="meta t3">{one.noLedger}</p>
      ) : (
        <ol className="moves">
          {ledger.map((entry, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries of a ledger never move.
            <Entry key={place} words={words} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ words, line }: { readonly words: RequestsWords; readonly line: BillLine }): ReactNode {
  const { one } = words;
  const [dollars, cents = ''] = dollarsOfTicks(String(BigInt(line.ticksPerToken) * MILLION)).split('.');
  const perMillion = `${dollars}.${cents.padEnd(2, '0')}`;
  return (
    <div>
      <dt>
        {one.lines[line.kind]}{' '}
        <span className="t3 num" title={one.ticks(BigInt(line.ticksPerToken).toLocaleString('en'))}>
          {one.perMillion(perMillion)}
        </span>
      </dt>
      <dd className="t3 num">{line.tokens.toLocaleString('en')}</dd>
      <dd>
        <Money ticks={line.costTicks} />
      </dd>
    </div>
  );
}

function Off({ label, ticks }: { readonly label: string; readonly ticks: bigint }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd />
      <dd>
        <Money ticks={String(-ticks)} />
      </dd>
    </div>
  );
}

function Entry({ words, entry }: { readonly words: RequestsWords; readonly entry: RequestEntry }): ReactNode {
  const { one } = words;
  return (
    <li>
      <span className="num t3">{clockText(entry.atMs)}</span>
      <span className="grow">
        <span className="b5">{one.moves[entry.kind]}</span>{' '}
        <span className="t3">
          {one.places[entry.from]} → {one.places[entry.to]}
        </span>
      </span>
      <Money ticks={entry.amountTicks} />
    </li>
  );
}
