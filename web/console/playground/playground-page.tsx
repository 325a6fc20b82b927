import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { ModelList } from '../../../src/http/api/wire/models.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Icon } from '../../design/icons.tsx';
import { usePerson } from '../../shell/person.tsx';
import { AnswerPanel } from './answer-panel.tsx';
import { CallCode } from './call-code.tsx';
import { type CallBody, type Draft, type DraftFault, emptyMessage, newDraft, readDraft } from './draft.ts';
import { EstimateLine } from './estimate-line.tsx';
import { keepDraft, keptDraft } from './keep-draft.ts';
import { MessageList } from './message-list.tsx';
import './playground.css';
import { Settings } from './settings.tsx';
import { type Run, useRun } from './use-run.ts';
import type { PlaygroundWords } from './words.en.ts';

/** Who makes calls; whoever pays bills does not. */
const CALLERS: readonly string[] = ['owner', 'administrator', 'member'];
/** So long after the last key is pressed, the draft is kept. */
const KEEP_MS = 400;

/** `/console/playground`: a call put together by hand, its answer, and both as they go over the wire. */
export function PlaygroundPage({ words }: { readonly words: PlaygroundWords }): ReactNode {
  const { me, team } = usePerson();
  const [draft, setDraft] = useState<Draft>(() => keptDraft(me.id));
  const [fault, setFault] = useState<DraftFault | undefined>();
  const [isCode, setIsCode] = useState(false);
  const { run, start, stop, clear } = useRun(team.id);
  const models = useAnswer<ModelList>(`/teams/${team.id}/models`).data?.rows;
  const model = models?.find(({ id }) => id === draft.model) ?? models?.[0];
  const chosen = useMemo(() => ({ ...draft, model: model?.id ?? '' }), [draft, model?.id]);
  const body = useMemo(() => readDraft(chosen), [chosen]);
  useEffect(() => {
    const timer = setTimeout(() => keepDraft(me.id, draft), KEEP_MS);
    return () => clearTimeout(timer);
  }, [draft, me.id]);
  const mayCall = CALLERS.includes(team.role);
  const isRunning = run?.state === 'running';
  /** What is wrong with the draft is said when somebody wants to use it. */
  const withBody = (use: (body: CallBody) => void) => {
    if (typeof body === 'string') return setFault(body);
    setFault(undefined);
    use(body);
  };
  const send = () => {
    if (!isRunning && mayCall) withBody(start);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // Enter that ends a composition of letters sends nothing.
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.isComposing || isCode) return;
      event.preventDefault();
      send();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
  const change = (part: Partial<Draft>) => {
    setFault(undefined);
    setDraft((before) => ({ ...before, ...part }));
  };
  return (
    <div className="page playground">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{mayCall ? words.lead(team.name) : words.cannot}</p>
        </div>
        <div className="acts">
          <button type="button" className="btn ghost" onClick={() => withBody(() => setIsCode(true))}>
            <Icon name="terminal" />
            {words.copyAs}
          </button>
          {isRunning ? (
            <button type="button" className="btn" onClick={stop}>
              {words.stop}
            </button>
          ) : (
            <button
              type="button"
              className="btn pri"
              title={words.runHint}
              disabled={!mayCall || model === undefined}
              onClick={send}
            >
              {words.run}
            </button>
          )}
        </div>
      </div>
      {fault !== undefined && (
        <p className="banner bad" role="alert">
          {words.faults[fault]}
        </p>
      )}
      <div className="bench">
        <div className="talk">
          <MessageList words={words} draft={chosen} model={model} onChange={change} />
          <AnswerPanel
            words={words}
            run={run}
            body={typeof body === 'string' ? undefined : body}
            onGoOn={(answered) => {
              change({ messages: [...draft.messages, ...goneOn(answered)] });
              clear();
            }}
          />
        </div>
        <aside className="settings" aria-label={words.settings}>
          {models?.length === 0 && <p className="t2">{words.noModels}</p>}
          <Settings words={words} draft={chosen} models={models ?? []} onChange={change} />
          {typeof body !== 'string' && model !== undefined && (
            <EstimateLine words={words} body={body} model={model} />
          )}
          <button
            type="button"
            className="btn sm"
            onClick={() => {
              clear();
              change(newDraft());
            }}
          >
            {words.startAnew}
          </button>
        </aside>
      </div>
      {isCode && typeof body !== 'string' && (
        <CallCode
          words={words}
          baseUrl={me.installation.baseUrls.xai}
          body={body}
          onClose={() => setIsCode(false)}
        />
      )}
    </div>
  );
}

/** An answer as part of the conversation, with room for what comes after it: what its tools say, or the next question. */
function goneOn({ answer }: Run) {
  const { text, toolCalls } = answer;
  return [
    emptyMessage('assistant', { text, toolCalls }),
    ...(toolCalls.length === 0
      ? [emptyMessage('user')]
      : toolCalls.map(({ id }) => emptyMessage('tool', { toolCallId: id }))),
  ];
}
