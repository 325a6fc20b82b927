import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ShellWords } from './words.en.ts';

export function NotThere({ words }: { readonly words: ShellWords }): ReactNode {
  return (
    <div className="empty">
      <h1>{words.notThere.title}</h1>
      <p>{words.notThere.text}</p>
      <Link href="/console" className="btn">
        {words.notThere.home}
      </Link>
    </div>
  );
}
