import { type ReactNode, useRef } from 'react';
import { belongsToInputMethod } from './enter-sends.ts';

/** A title that is being changed: Enter and leaving keep it, Escape does not. */
export function TitleInput(props: {
  readonly title: string;
  readonly label: string;
  readonly onDone: (title: string | undefined) => void;
}): ReactNode {
  const { title, label, onDone } = props;
  const composedAt = useRef(Number.NEGATIVE_INFINITY);
  const isDone = useRef(false);
  const end = (value: string | undefined) => {
    if (isDone.current) return;
    isDone.current = true;
    const trimmed = value?.trim();
    onDone(trimmed === '' || trimmed === title ? undefined : trimmed);
  };
  return (
    <input
      className="input title-input"
      aria-label={label}
      defaultValue={title}
      maxLength={200}
      ref={(input) => input?.select()}
      onCompositionEnd={() => {
        composedAt.current = performance.now();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        const press = event.nativeEvent;
        if (belongsToInputMethod(press, performance.now() - composedAt.current)) return;
        if (event.key === 'Enter') end(event.currentTarget.value);
        if (event.key === 'Escape') end(undefined);
      }}
      onBlur={(event) => end(event.currentTarget.value)}
    />
  );
}
