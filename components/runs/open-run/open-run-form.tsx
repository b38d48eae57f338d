'use client'
import type { FormEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { leftOut, missingVariables, type OpenFormView } from '#lib/runs/open-form.ts'
import { paths } from '#lib/shared/paths.ts'
import { counted } from '#lib/shared/words.ts'
import { FactQuestions } from './fact-questions.tsx'
import { LiveRunNotice } from './live-run-notice.tsx'
import { MissingVariables } from './missing-variables.tsx'
import { ReleaseFields } from './release-fields.tsx'
import { RuledOut } from './ruled-out.tsx'
import { type Chosen, useOpenRun } from './use-open-run.ts'

const LABELS = {
  service: 'Service',
  environment: 'Environment',
  template: 'Checklist',
  version: 'Version',
  commit: 'Commit',
  artifactDigest: 'Artifact digest',
  author: 'Commit author',
  'author.name': 'Author’s name or e-mail',
  changeTicket: 'Change ticket',
  windowStart: 'Window opens',
  windowEnd: 'Window closes',
}

/** Opens a run: what is deployed where, of which release, and what the checklist wants to know about it. */
export function OpenRunForm({ team, view, chosen }: { team: string; view: OpenFormView; chosen: Chosen }) {
  const form = useOpenRun({ team, view, chosen })
  const { value, fields, change, service, environment, template, refusal } = form

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    void form.submit()
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Open a run" className="grid gap-4.5 pb-10">
      <FormErrors refusal={refusal} labels={LABELS} />
      {form.restored ? (
        <Notice live action={<Button onClick={form.clear}>Start anew</Button>}>
          What you typed here before is back.
        </Notice>
      ) : null}
      <SectionCard title="What and where">
        <div className="grid gap-3.5 sm:grid-cols-3">
          <Select
            name="service"
            label="Service"
            value={value.service}
            error={fields.service}
            onChange={(event) => change({ service: event.target.value, environment: '' })}
            options={view.services.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
          <Select
            name="environment"
            label="Environment"
            placeholder="Choose one"
            value={value.environment}
            error={fields.environment}
            onChange={(event) => change({ environment: event.target.value })}
            options={(service?.environments ?? []).map(({ slug, name, live }) => ({
              value: slug,
              label: live ? `${name} (#${live.number} is open)` : name,
            }))}
          />
          <Select
            name="template"
            label="Checklist"
            value={value.template}
            error={fields.template}
            hint={
              template
                ? `${counted({ count: template.items, one: 'item' })}; signed by ${template.roles.join(', ') || 'nobody'}`
                : undefined
            }
            onChange={(event) => change({ template: event.target.value })}
            options={view.templates.map(({ slug, name, number }) => ({
              value: slug,
              label: `${name} v${number}`,
            }))}
          />
        </div>
        {service && environment?.live ? (
          <div className="mt-3.5">
            <LiveRunNotice
              team={team}
              service={service}
              environment={environment.name}
              number={environment.live.number}
            />
          </div>
        ) : null}
        {service && environment ? (
          <div className="mt-3.5 empty:hidden">
            <MissingVariables
              team={team}
              service={service.slug}
              environment={environment.name}
              missing={missingVariables({ template, environment })}
              unasked={leftOut({ template, environment })}
            />
          </div>
        ) : null}
      </SectionCard>
      <SectionCard title="Release" note="what everybody signs for">
        <ReleaseFields value={value} people={view.people} fields={fields} onChange={change} />
      </SectionCard>
      <SectionCard title="Window" note="optional; outside of it the gate says NO-GO">
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField
            name="windowStart"
            type="datetime-local"
            label="Opens"
            optional
            hint="By your clock; the record says UTC"
            value={value.windowStart}
            error={fields.windowStart}
            onChange={(event) => change({ windowStart: event.target.value })}
          />
          <TextField
            name="windowEnd"
            type="datetime-local"
            label="Closes"
            optional
            value={value.windowEnd}
            error={fields.windowEnd}
            onChange={(event) => change({ windowEnd: event.target.value })}
          />
        </div>
      </SectionCard>
      {form.facts.length > 0 ? (
        <SectionCard title="About this release" note="what the checklist asks">
          <div className="grid gap-4.5">
            <FactQuestions
              facts={form.facts}
              answers={value.facts}
              onAnswer={(key, answer) => change({ facts: { ...value.facts, [key]: answer } })}
            />
            <RuledOut items={form.notApplicable} />
          </div>
        </SectionCard>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="lg" pending={form.pending}>
          Open the run
        </Button>
        <LinkButton href={paths.team(team)} size="lg" variant="quiet">
          Cancel
        </LinkButton>
      </div>
    </form>
  )
}
