import { type ReactNode, useState } from 'react';
import { CopyButton } from '../../design/copy-button.tsx';
import { FormField, FormTrouble } from '../../design/form-field.tsx';
import { Icon } from '../../design/icons.tsx';
import { PasswordField } from '../../design/password-field.tsx';
import { RowMenu } from '../../design/row-menu.tsx';
import { TabList } from '../../design/tab-list.tsx';
import { ShownPart } from './shown-part.tsx';
import type { DesignWords } from './words.en.ts';

interface PartProps {
  readonly words: DesignWords;
}

const BUTTONS = ['btn pri', 'btn', 'btn ghost', 'btn danger', 'btn danger fill', 'btn sm'] as const;

export function Buttons({ words }: PartProps): ReactNode {
  return (
    <ShownPart title={words.buttons} source="ui.css, copy-button.tsx, row-menu.tsx">
      <div className="row g3 wrap">
        {BUTTONS.map((name) => (
          <button type="button" className={name} key={name}>
            {words.button}
          </button>
        ))}
        <button type="button" className="btn pri" disabled>
          {words.busy}
        </button>
        <button type="button" className="btn">
          <Icon name="download" />
          CSV
        </button>
        <CopyButton text="grok-beta" words={words.copying} />
        <CopyButton text="grok-beta" words={words.copying} isMain />
        <RowMenu
          label={words.menu}
          choices={[
            { label: words.edit, onChoose: () => {} },
            { label: words.revoke, onChoose: () => {}, isGrave: true },
          ]}
        />
      </div>
    </ShownPart>
  );
}

export function Fields({ words }: PartProps): ReactNode {
  const [password, setPassword] = useState('a towel is about');
  const wrong = { field: 'wrong', message: words.wrong };
  return (
    <ShownPart title={words.fields} source="form-field.tsx, password-field.tsx">
      <div className="field-table">
        <FormField name="fine" label={words.field} hint={words.hint} trouble={undefined}>
          {(control) => <input {...control} className="input" placeholder="grok-beta" />}
        </FormField>
        <FormField name="wrong" label={words.field} trouble={wrong}>
          {(control) => <input {...control} className="input is-err" defaultValue="$40.00" />}
        </FormField>
        <FormField name="choice" label={words.choice} trouble={undefined}>
          {(control) => (
            <select {...control} className="select">
              <option>grok-beta</option>
              <option>grok-vision-beta</option>
            </select>
          )}
        </FormField>
        <FormField name="long" label={words.field} trouble={undefined}>
          {(control) => <textarea {...control} className="input area" rows={2} />}
        </FormField>
        <PasswordField words={words.password} value={password} onChange={setPassword} trouble={undefined} />
        <div>
          <span className="lbl">FormTrouble</span>
          <FormTrouble trouble={{ field: undefined, message: words.wrong }} />
        </div>
      </div>
    </ShownPart>
  );
}

const TABS = ['curl', 'Python', 'JavaScript'] as const;

export function Choices({ words }: PartProps): ReactNode {
  const [tab, setTab] = useState<(typeof TABS)[number]>('curl');
  const [segment, setSegment] = useState<(typeof TABS)[number]>('curl');
  return (
    <ShownPart title={words.choices} source="ui.css, tab-list.tsx">
      <div className="row g4 wrap">
        <fieldset className="seg design-seg">
          <legend className="sr-only">{words.choice}</legend>
          {TABS.map((name) => (
            <button type="button" key={name} aria-pressed={name === segment} onClick={() => setSegment(name)}>
              {name}
            </button>
          ))}
        </fieldset>
        <button type="button" className="chip">
          <b>grok-beta</b>
        </button>
        <button type="button" className="chip on">
          <b>grok-beta</b>
          <Icon name="close" />
        </button>
        <label className="row">
          <input type="checkbox" defaultChecked />
          {words.field}
        </label>
      </div>
      <TabList
        label={words.choices}
        tabs={TABS.map((name) => ({ name, text: name }))}
        chosen={tab}
        onChoose={setTab}
      >
        <p className="t2 design-panel">{tab}</p>
      </TabList>
    </ShownPart>
  );
}
