import type { ReactNode } from 'react';
import type { Code } from '../../../src/http/api/wire/operator-codes.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Confirm } from '../../design/confirm.tsx';
import type { CodesWords } from './words.en.ts';

interface EndProps {
  readonly words: CodesWords;
  readonly code: Code;
  readonly onKeep: () => void;
  readonly onDone: () => void;
}

/** Somebody may hold the code in their hand, so it asks. */
export function EndCode({ words, code, onKeep, onDone }: EndProps): ReactNode {
  const { ending } = words;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const end = async () => {
    if (await send(() => ask('DELETE', `/operator/codes/${encodeURIComponent(code.id)}`))) onDone();
  };
  return (
    <Confirm
      title={ending.title(code.redacted)}
      closeLabel={words.close}
      text={ending.text(code.uses.done)}
      keep={ending.keep}
      go={ending.go}
      going={ending.going}
      isBusy={isBusy}
      trouble={trouble}
      onKeep={onKeep}
      onGo={() => void end()}
    />
  );
}
