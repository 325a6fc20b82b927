/** What was pasted, with all that could be a key made unreadable for whoever looks over a shoulder. */
export function masked(text: string): string {
  return text.replace(/[\w.-]{20,}/g, (word) =>
    /\d/.test(word) && !/^(?:\d+\.){3}\d+$/.test(word) && !/\.[a-z]{2,}$/.test(word)
      ? `${/^[a-z]{2,6}-/.exec(word)?.[0] ?? ''}••••••••${word.slice(-4)}`
      : word,
  );
}
