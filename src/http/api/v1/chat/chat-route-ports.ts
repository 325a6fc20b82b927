import type { CallModel } from '../../../../chat/chat-ports.ts';
import type { ConversePorts } from '../../../../chat/converse.ts';
import { isFailure } from '../../../../domain/failure.ts';
import type { ChatRow } from '../../../../storage/chat-store.ts';
import type { ApiPorts } from '../../api-ports.ts';
import type { ApiCall } from '../../api-route.ts';
import { type Problem, problem } from '../../problem.ts';

export type ChatRoutePorts = Pick<
  ApiPorts,
  'chat' | 'answerPerson' | 'callerOf' | 'directory' | 'clock' | 'live'
>;

/** Of another person there is nothing here. */
export async function findOwn(
  { chat }: { readonly chat: ConversePorts },
  call: ApiCall,
): Promise<ChatRow | Problem> {
  const found = await chat.chats.find(call.signedIn.userId, call.parameters.chatId ?? '');
  return found ?? problem('not-found');
}

/** Whoever only pays for a team, or has left it, lets no model write at its cost. */
export async function mayCall(
  { directory }: Pick<ChatRoutePorts, 'directory'>,
  { signedIn }: Pick<ApiCall, 'signedIn'>,
  teamId: string,
): Promise<Problem | undefined> {
  const member = await directory.findMember(teamId, signedIn.userId);
  if (member === undefined) return problem('not-found', { field: 'teamId' });
  return member.role === 'billing' ? problem('not-allowed') : undefined;
}

/** The gateway's pipeline, for the person who is asking and the team that pays. */
export function modelCaller(
  { answerPerson, callerOf, clock }: Pick<ChatRoutePorts, 'answerPerson' | 'callerOf' | 'clock'>,
  call: ApiCall,
  teamId: string,
): CallModel {
  const person = callerOf({ ...call, team: { id: teamId, role: 'member' } }, 'chat');
  const { clientAddress } = call;
  return async ({ id, bodyText, signal }) => {
    const answer = await answerPerson({
      ...{ id, person, clientAddress, bodyText, signal, dialect: 'xai', arrivedMs: clock.monotonicMs() },
      onOver: () => {},
    });
    if (isFailure(answer)) return { kind: 'refused', reason: answer.message };
    const { body } = answer;
    return { kind: 'stream', body: typeof body === 'string' ? new Blob([body]).stream() : body };
  };
}
