/** A vocabulary in tiktoken's text format; Bun's `file` import gives its path, also inside a single-file executable. */
declare module '*.tiktoken' {
  const path: string;
  export default path;
}
