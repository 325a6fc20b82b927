import { type Failure, isFailure } from '../../domain/failure.ts';
import type { PresentedKey } from '../../gateway/gateway.ts';
import type { KeyWithOwner } from '../../storage/key-store.ts';
import { answerFailure, answerJson } from '../answer-failure.ts';
import { readPresentedKey } from '../read-credential.ts';
import type { Route } from '../route.ts';

/** `GET /v1/api-key`: what the calling key is. Answers for a disabled or blocked key too, and says so. */
export function apiKeyRoute(
  find: (presented: PresentedKey) => KeyWithOwner | Failure | Promise<KeyWithOwner | Failure>,
): Route {
  return {
    method: 'GET',
    path: '/api-key',
    async handle(request, context) {
      const key = await find(readPresentedKey(request, context));
      return isFailure(key) ? answerFailure(key, context) : answerJson(presentKey(key), context);
    },
  };
}

function presentKey(key: KeyWithOwner) {
  return {
    redacted_api_key: key.redacted,
    user_id: key.userId,
    name: key.name,
    create_time: new Date(key.createdAtMs).toISOString(),
    modify_time: new Date(key.modifiedAtMs).toISOString(),
    modified_by: key.modifiedBy,
    team_id: key.organizationId,
    acls: key.acls,
    api_key_id: key.id,
    team_blocked: key.organizationBlocked || key.userBanned,
    api_key_blocked: key.revokedAtMs !== null,
    api_key_disabled: key.disabled,
  };
}
