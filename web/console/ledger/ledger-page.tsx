import type { ReactNode } from 'react';
import { AuditSection } from './audit-section.tsx';
import { BackupSection } from './backup-section.tsx';
import './ledger.css';
import type { LedgerWords } from './words.en.ts';

/** `/console/ledger`: whether the books are in order, and copies of everything. */
export function LedgerPage({ words }: { readonly words: LedgerWords }): ReactNode {
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
      </div>
      <AuditSection words={words} />
      <BackupSection words={words} />
    </div>
  );
}
