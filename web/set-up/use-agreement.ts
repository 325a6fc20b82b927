import { useState } from 'react';
import type { ConnectProposal } from '../../src/http/api/wire/operator-connect.ts';
import { type Agreement, agreementOf } from './agreement.ts';

/** The agreement on a proposal; it begins anew with each proposal. */
export function useAgreement(proposal: ConnectProposal | null | undefined, isNear: boolean) {
  const [state, setState] = useState<{ of: unknown; agreement: Agreement | undefined }>({
    ...{ of: undefined, agreement: undefined },
  });
  if (state.of !== (proposal ?? undefined)) {
    const agreement = proposal == null ? undefined : agreementOf(proposal, isNear);
    setState({ of: proposal ?? undefined, agreement });
    return [agreement, () => {}] as const;
  }
  const change = (agreement: Agreement) => setState({ ...state, agreement });
  return [state.agreement, change] as const;
}
