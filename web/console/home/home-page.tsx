import type { ReactNode } from 'react';
import type { HomeWords } from './words.en.ts';

export function HomePage({ words }: { readonly words: HomeWords }): ReactNode {
  return (
    <div className="page">
      <h1>{words.title}</h1>
    </div>
  );
}
