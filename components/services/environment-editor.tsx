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
import type { EnvironmentView } from '#lib/services/read.ts'
import { suggestEntries } from '#lib/services/suggest-entries.ts'
import type { Json } from '#lib/shared/result.ts'
import { SettingsConflict, type Theirs } from './settings-conflict.tsx'

type Text = { variables: string; allowList: string; version: number }
type Props = { team: string; service: string; environment: EnvironmentView }

const LABELS = { variables: 'Variables', allowList: 'Probes may reach' }

function asText(kept: Json): Text | null {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null
  const { variables, allowList, version } = kept
  return typeof variables === 'string' && typeof allowList === 'string' && typeof version === 'number'
    ? { variables, allowList, version }
    : null
}

/** Both settings of an environment, saved together. What is typed survives a refusal, a sign-out and a closed tab. */
export function EnvironmentEditor({ team, service, environment }: Props) {
  const router = useRouter()
  const { send, pending, refusal, clear } = useCommand(changeEnvironmentAction, 'Settings')
  const [saved, setSaved] = useState<Text | null>(null)
  const given: Text = {
    variables: environment.variables,
    allowList: environment.allowList,
    version: environment.version,
  }
  const base = saved && saved.version >= given.version ? saved : given
  const draft = useDraft<Text>(`environment:${team}:${service}:${environment.slug}`, base, asText)
  const value = draft.state === 'untouched' ? base : draft.value
  const isChanged = value.variables !== base.variables || value.allowList !== base.allowList
  const suggestions = suggestEntries(value)
  const theirs = refusal?.code === 'lost_race' ? (refusal.detail as Theirs) : null

  async function save(text: Text) {
    const answer = await send({ team, service, environment: environment.slug, ...text })
    if (!answer?.ok) return
    setSaved(answer.value.value)
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
  function settle(next: Text) {
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
    <form onSubmit={submit} noValidate className="grid gap-4" aria-label={`Settings of ${environment.name}`}>
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
        hint="NAME=value, one a line; a checklist’s probes and commands use them as ${NAME}. Not for secrets: every member can read them."
        placeholder="BASE_URL=https://staging.example.com"
        onChange={(event) => draft.set({ ...value, variables: event.target.value })}
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
        {isChanged ? <Button onClick={discard}>Discard changes</Button> : null}
        {draft.restored && isChanged ? (
          <span className="text-sm text-soft">What you typed before has been brought back.</span>
        ) : null}
      </div>
    </form>
  )
}
