import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Redeemed } from '../../../src/http/api/wire/statement.ts';
import { ask, Refused } from '../../api/ask.ts';
import { Dialog } from '../../design/dialog.tsx';
import { moneyText } from '../../design/money.tsx';
import { usePerson } from '../../shell/person.tsx';
import type { CreditWords } from './words.en.ts';

const PLACES = 2;
const MOST_LETTERS = 64;

/** Credit from a code, once. */
export function RedeemCode(props: { readonly words: CreditWords; readonly onClose: () => void }): ReactNode {
  const { onClose } = props;
  const words = props.words.redeem;
  const { team } = usePerson();
  const queries = useQueryClient();
  const id = useId();
  const [code, setCode] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const [redeemed, setRedeemed] = useState<Redeemed | undefined>();
  const redeem = async (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() === '') return setTrouble(words.missing);
    setIsBusy(true);
    setTrouble(undefined);
    try {
      setRedeemed(await ask<Redeemed>('POST', `/teams/${team.id}/codes`, { code: code.trim() }));
      const ofTeam = `/teams/${team.id}/`;
      void queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(ofTeam) });
    } catch (error) {
      setTrouble(error instanceof Refused && error.message !== '' ? error.message : words.failed);
    } finally {
      setIsBusy(false);
    }
  };
  if (redeemed !== undefined)
    return (
      <Dialog
        title={words.done}
        closeLabel={words.close}
        onClose={onClose}
        footer={
          <button type="button" className="btn pri push" onClick={onClose}>
            {words.close}
          </button>
        }
      >
        <p role="status">
          {words.added(moneyText(redeemed.amountTicks, PLACES), moneyText(redeemed.balanceTicks, PLACES))}
        </p>
      </Dialog>
    );
  return (
    <Dialog
      title={words.title}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={`${id}form`} className="btn pri" disabled={isBusy}>
            {isBusy ? words.busy : words.submit}
          </button>
        </>
      }
    >
      <form id={`${id}form`} className="field" onSubmit={redeem} noValidate>
        <label htmlFor={id}>{words.label}</label>
        <input
          id={id}
          className={trouble === undefined ? 'input mono' : 'input mono is-err'}
          value={code}
          maxLength={MOST_LETTERS}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={trouble !== undefined}
          aria-describedby={`${id}about`}
          onChange={(event) => setCode(event.target.value)}
        />
        <span id={`${id}about`} className={trouble === undefined ? 'hint' : 'err'} aria-live="polite">
          {trouble ?? words.hint(team.name)}
        </span>
      </form>
    </Dialog>
  );
}
