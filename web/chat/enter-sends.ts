/** What a key event says about itself. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** The code of keys that belong to an input method, in every browser and also after Safari's early `compositionend`. */
const INPUT_METHOD_KEY_CODE = 229;

/** Safari ends a composition just before the Enter that ended it is reported. */
const AFTER_COMPOSITION_MS = 50;

/** Whether a key belongs to an input method that is choosing characters. */
export function belongsToInputMethod(press: KeyPress, sinceCompositionMs: number): boolean {
  return (
    press.isComposing ||
    press.keyCode === INPUT_METHOD_KEY_CODE ||
    press.key === 'Process' ||
    sinceCompositionMs < AFTER_COMPOSITION_MS
  );
}

/**
 * Whether a key sends what was written. Enter does, and with Shift or Alt begins a new line; with Ctrl or Cmd it sends
 * everywhere. On a touch keyboard, which has no Shift+Enter, a plain Enter is a new line.
 */
export function enterSends(press: KeyPress, sinceCompositionMs: number, isTouch: boolean): boolean {
  if (press.key !== 'Enter' || belongsToInputMethod(press, sinceCompositionMs)) return false;
  if (press.ctrlKey || press.metaKey) return true;
  return !press.shiftKey && !press.altKey && !isTouch;
}
