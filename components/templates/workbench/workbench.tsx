'use client'
import { useState } from 'react'
import { JudgedLine } from '#components/probes/judged-line.tsx'
import { ObservationFacts } from '#components/probes/observation-facts.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { parseProbe } from '#lib/probes/annotation.ts'
import { printProbe } from '#lib/probes/print.ts'
import { OUTCOME_WORDS } from '#lib/shared/words.ts'
import { annotate } from '#lib/templates/annotate.ts'
import { plainInline } from '#lib/templates/inline.ts'
import type { TemplateItem } from '#lib/templates/model.ts'
import type { TryPlace } from '#lib/templates/tried.ts'
import { OfferList } from './offer-list.tsx'
import { useTry } from './use-try.ts'

const FIRST = 'http $' + '{BASE_URL}/ expect status == 200'

function problemOf(probe: string): string | undefined {
  const parsed = parseProbe(probe)
  if (parsed.ok) return undefined
  const { offset, message, fix } = parsed.problem
  return `At character ${offset + 1}: ${message}${fix ? ` → ${fix}` : ''}`
}

/** As the text has it, with one more condition. */
function withCondition(probe: string, condition: string): string {
  const parsed = parseProbe(`${probe.trim()}, expect ${condition}`)
  return parsed.ok ? printProbe(parsed.config) : probe
}

function asks(probe: string, condition: string): boolean {
  const parsed = parseProbe(probe)
  return parsed.ok && printProbe(parsed.config).includes(condition)
}

/** Tries a probe against an environment before it is published, and writes it beside its item. */
export default function Workbench({
  team,
  places,
  items,
  firstKey,
  text,
  onWrite,
  onClose,
}: {
  team: string
  places: readonly TryPlace[]
  items: readonly TemplateItem[]
  firstKey: string | null
  /** The whole text of the checklist. */
  text: string
  onWrite: (text: string) => void
  onClose: () => void
}) {
  const [key, setKey] = useState(firstKey ?? items[0]?.key ?? '')
  const item = items.find((one) => one.key === key)
  const written = item?.probe ? printProbe(item.probe) : ''
  const [typed, setTyped] = useState<string | null>(null)
  const probe = typed ?? (written || FIRST)
  const [place, setPlace] = useState(0)
  const [refusal, setRefusal] = useState<string | null>(null)
  const look = useTry()
  const where = places[place]
  const problem = problemOf(probe)
  const tried = look.tried

  function change(next: string) {
    setTyped(next)
    setRefusal(null)
  }
  function write() {
    if (!item) return
    const { line } = item
    const { source, refused } = annotate(text, [{ kind: 'item', line, set: { probe: probe.trim() } }])
    const [first] = refused
    if (first) return setRefusal(first.message)
    onWrite(source)
    onClose()
  }

  return (
    <Dialog
      size="side"
      title="Try a probe"
      description="One look with an environment’s variables and allow-list. Nothing is recorded on a run."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button onClick={write} disabled={problem !== undefined || !item || probe.trim() === written}>
            Write it beside the item
          </Button>
        </>
      }
    >
      <form
        className="grid grid-cols-1 gap-4.5"
        noValidate
        aria-label="Try a probe"
        onSubmit={(event) => {
          event.preventDefault()
          if (where && problem === undefined && !look.pending)
            void look.start({ team, service: where.service, environment: where.environment, probe })
        }}
      >
        <Select
          name="item"
          label="Item"
          value={key}
          options={items.map((one) => ({
            value: one.key,
            label: `${one.probe ? '● ' : ''}${plainInline(one.text)}`,
          }))}
          onChange={(event) => {
            setKey(event.target.value)
            setTyped(null)
            setRefusal(null)
            look.cancel()
          }}
        />
        <TextArea
          name="probe"
          label="Probe"
          hint="What stands behind “probe:” in the comment"
          mono
          spellCheck={false}
          value={probe}
          error={problem}
          onChange={(event) => change(event.target.value)}
        />
        {where ? (
          <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
            <Select
              name="place"
              label="Environment"
              value={String(place)}
              options={places.map(({ label }, index) => ({ value: String(index), label }))}
              onChange={(event) => setPlace(Number(event.target.value))}
            />
            {look.pending ? (
              // Its own key: the same element must not become the one that submits while it is being clicked.
              <Button key="cancel" onClick={look.cancel} className="min-h-9">
                Cancel
              </Button>
            ) : (
              <Button
                key="try"
                type="submit"
                variant="primary"
                disabled={problem !== undefined}
                className="min-h-9"
              >
                Try
              </Button>
            )}
          </div>
        ) : (
          <Notice tone="info" title="There is no environment to try it in">
            An administrator adds a service with its environments first.
          </Notice>
        )}
        <div aria-live="polite" className="grid grid-cols-1 gap-4.5">
          {look.pending ? <p className="m-0 text-soft">Looking…</p> : null}
          {look.failure ? <Notice tone="error">{look.failure}</Notice> : null}
          {refusal ? <Notice tone="error">{refusal}</Notice> : null}
          {tried ? (
            <section aria-label="What was seen">
              <h3 className="m-0 text-base font-bold">
                This would be: {OUTCOME_WORDS[tried.answer.judgement.outcome]}
              </h3>
              {tried.of === probe ? null : (
                <p className="m-0 text-sm text-warn">The probe was changed since. Try it again.</p>
              )}
              <JudgedLine>{tried.answer.judgement.line}</JudgedLine>
              <ObservationFacts
                observation={{ judgement: tried.answer.judgement, seen: tried.answer.seen }}
              />
            </section>
          ) : null}
          {tried ? (
            <OfferList
              offers={tried.answer.offers.filter((offer) => !asks(probe, offer))}
              onAdd={(offer) => change(withCondition(probe, offer))}
            />
          ) : null}
        </div>
      </form>
    </Dialog>
  )
}
