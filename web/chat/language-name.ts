/** How people write what a fence calls a language by its short name. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ ts: 'TypeScript', typescript: 'TypeScript', tsx: 'TSX', js: 'JavaScript', javascript: 'JavaScript' },
  ...{ jsx: 'JSX', py: 'Python', python: 'Python', rb: 'Ruby', ruby: 'Ruby', rs: 'Rust', rust: 'Rust' },
  ...{ go: 'Go', java: 'Java', kt: 'Kotlin', kotlin: 'Kotlin', swift: 'Swift', c: 'C', cpp: 'C++' },
  ...{ 'c++': 'C++', cs: 'C#', csharp: 'C#', php: 'PHP', lua: 'Lua', sql: 'SQL', html: 'HTML', xml: 'XML' },
  ...{ css: 'CSS', json: 'JSON', yaml: 'YAML', yml: 'YAML', toml: 'TOML', ini: 'INI', diff: 'Diff' },
  ...{ sh: 'Shell', bash: 'Bash', shell: 'Shell', zsh: 'Zsh', dockerfile: 'Dockerfile', md: 'Markdown' },
  ...{ markdown: 'Markdown' },
};

/** The name of a language as it is written, or as the fence has it. */
export function languageName(name: string): string {
  const found = Object.hasOwn(NAMES, name.toLowerCase()) ? NAMES[name.toLowerCase()] : undefined;
  return found ?? name;
}
