import { redeemCode } from '../../../../console/credit-codes.ts';
import { isRefusal } from '../../../../domain/refusal.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { memberOf } from '../../guards.ts';
import { Redeemed, Redemption } from '../../wire/statement.ts';

/** `/teams/:teamId/codes`: credit from a code. */
export function codeRoutes(
  ports: Pick<ApiPorts, 'codes' | 'ledger' | 'clock' | 'sha256'>,
): readonly ApiRoute[] {
  return [
    route({
      method: 'POST',
      path: '/teams/:teamId/codes',
      summary: 'Redeems a code: its credit goes to the team, once.',
      guards: [memberOf('owner', 'administrator', 'billing')],
      action: 'code.redeem',
      body: Redemption,
      output: Redeemed,
      async handle({ team, signedIn, body, note }) {
        const request = { text: body.code, organizationId: team.id, userId: signedIn.userId };
        const redeemed = await redeemCode(ports, request);
        if (isRefusal(redeemed)) return redeemed;
        note({ subject: String(redeemed.amountTicks) });
        return {
          amountTicks: String(redeemed.amountTicks),
          balanceTicks: String(redeemed.balanceTicks),
        };
      },
    }),
  ];
}
