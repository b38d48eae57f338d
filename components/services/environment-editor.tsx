'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { changeEnvironmentAction } from '#lib/services/actions.ts'
import { savedText } from '#lib/services/change-environment.ts'
import type { EnvironmentView } from '#lib/services/read.ts'
import { namesIn, secretSounding, takeSecrets } from '#lib/services/secret-lines.ts'
import { neededEntries, suggestEntries } from '#lib/services/suggest-entries.ts'
import { counted } from '#lib/shared/words.ts'
import { ConnectionTests } from './connection-tests.tsx'
import { asSettings, type SettingsText, settingsToKeep } from './environment-draft.ts'
import { EnvironmentSecrets } from './environment-secrets.tsx'
import { KeepSecret } from './keep-secret.tsx'
import { SettingsConflict, type Theirs } from './settings-conflict.tsx'

type Props = { team: string; service: string; environment: EnvironmentView }

const LABELS = { variables: 'Variables', allowList: 'Probes may reach' }

/**
 * Both settings of an environment, saved together. What is typed survives a refusal, a sign-out and a closed tab; values that are to be
 * secret survive a refusal, and are kept nowhere but in this page until they are sealed.
 */
export function EnvironmentEditor({ team, service, environment }: Props) {
  const router = useRouter()
  const { send, pending, refusal, clear } = useCommand(changeEnvironmentAction, 'Settings')
  const [saved, setSaved] = useState<SettingsText | null>(null)
  // What a person said of a name; of the others it goes by how they sound.
  const [choices, setChoices] = useState<Readonly<Record<string, boolean>>>({})
  // Values that were sealed just now, for what they need to be reached; gone with the page.
  const [wanted, setWanted] = useState<readonly string[]>([])
  function keptSecret({ variables }: SettingsText): string[] {
    const sounding = secretSounding(variables)
    return namesIn(variables).filter((name) => choices[name] ?? sounding.includes(name))
  }
  const given: SettingsText = {
    variables: environment.variables,
    allowList: environment.allowList,
    version: environment.version,
  }
  const base = saved && saved.version >= given.version ? saved : given
  const draft = useDraft<SettingsText>(
    `environment:${team}:${service}:${environment.slug}`,
    base,
    (kept) => asSettings(kept, base),
    (text) => settingsToKeep(text, keptSecret(text)),
  )
  const value = draft.state === 'untouched' ? base : draft.value
  const secretNames = keptSecret(value)
  const isTyped = value.variables !== base.variables || value.allowList !== base.allowList
  const isChanged = isTyped || secretNames.length > 0
  const suggestions = [...new Set([...suggestEntries(value), ...neededEntries(wanted, value.allowList)])]
  const theirs = refusal?.code === 'lost_race' ? (refusal.detail as Theirs) : null

  async function save(text: SettingsText) {
    const { variables, secrets } = takeSecrets({ text: text.variables, names: keptSecret(text) })
    const place = { team, service, environment: environment.slug }
    const answer = await send({ ...place, ...text, variables, secrets })
    if (!answer?.ok) return
    const { version } = answer.value.value
    setSaved({ ...(savedText({ ...text, variables }) ?? text), version })
    setChoices({})
    setWanted([...wanted, ...Object.values(secrets)])
    draft.clear()
    toast({ title: `Settings of ${environment.name} are saved`, tone: 'go' })
    router.refresh()
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    void save(value)
  }
  function saveOver(version: number) {
    draft.set({ ...value, version })
    void save({ ...value, version })
  }
  function settle(next: SettingsText) {
    draft.set(next)
    clear()
  }
  function allow(entry: string) {
    draft.set({ ...value, allowList: [value.allowList.trimEnd(), entry].filter(Boolean).join('\n') })
  }
  function discard() {
    draft.clear()
    clear()
  }

  const field = (name: 'variables' | 'allowList') => ({
    id: `${environment.slug}-${name}`,
    name,
    label: LABELS[name],
    error: refusal?.fields?.[name],
    value: value[name],
    mono: true,
    rows: 4,
    spellCheck: false,
    autoComplete: 'off',
    autoCapitalize: 'off',
  })
  return (
    <div className="grid gap-5">
      <form
        onSubmit={submit}
        noValidate
        className="grid gap-4"
        aria-label={`Settings of ${environment.name}`}
      >
        {theirs ? (
          <SettingsConflict
            message={refusal?.message ?? ''}
            theirs={theirs}
            opened={base}
            onTakeTheirs={() =>
              settle({ variables: theirs.variables, allowList: theirs.allowList, version: theirs.version })
            }
            onKeepMine={() => saveOver(theirs.version)}
          />
        ) : refusal && !refusal.fields ? (
          <FormErrors refusal={refusal} />
        ) : null}
        <TextArea
          {...field('variables')}
          hint="NAME=value, one a line; a checklist’s probes and commands use them as ${NAME}. Every member can read them, but for those that are kept secret."
          placeholder="BASE_URL=https://staging.example.com"
          onChange={(event) => draft.set({ ...value, variables: event.target.value })}
        />
        <KeepSecret
          id={environment.slug}
          names={namesIn(value.variables)}
          kept={secretNames}
          offered={[...new Set([...secretSounding(value.variables), ...secretNames])]}
          onChoose={(name, keep) => setChoices({ ...choices, [name]: keep })}
        />
        <TextArea
          {...field('allowList')}
          hint="host:port, *.host or a network, one a line; “for postgres” at its end allows that kind of probe only. Probes reach nothing but what stands here."
          placeholder="app.internal:8443"
          onChange={(event) => draft.set({ ...value, allowList: event.target.value })}
        />
        {suggestions.length > 0 ? (
          <div className="flex flex-wrap items-center gap-2 text-sm text-soft">
            Your variables name addresses that probes may not reach yet:
            {suggestions.map((entry) => (
              <Button key={entry} size="sm" onClick={() => allow(entry)}>
                Allow {entry}
              </Button>
            ))}
          </div>
        ) : null}
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant="primary" pending={pending} disabled={!isChanged}>
            Save settings
          </Button>
          {isTyped ? <Button onClick={discard}>Discard changes</Button> : null}
          {secretNames.length > 0 ? (
            <span className="text-sm text-soft">
              Seals {counted({ count: secretNames.length, one: 'value' })}.
            </span>
          ) : null}
          {draft.restored && isTyped ? (
            <span className="text-sm text-soft">
              What you typed before has been brought back, without the values of secrets.
            </span>
          ) : null}
        </div>
      </form>
      <EnvironmentSecrets
        team={team}
        service={service}
        environment={environment}
        onSealed={(sealed) => setWanted([...wanted, sealed])}
      />
      <ConnectionTests
        // What was seen of the settings before is no result of these.
        key={`${environment.version} ${environment.secrets.map(({ name, version }) => `${name}${version}`)}`}
        team={team}
        service={service}
        environment={environment}
        isTyped={isTyped}
        typedList={value.allowList}
        onAllow={allow}
      />
    </div>
  )
}
