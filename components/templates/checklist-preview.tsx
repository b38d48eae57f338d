import { SectionCard } from '#components/ui/section-card.tsx'
import { STAGE_WORDS } from '#lib/shared/words.ts'
import type { TemplateModel } from '#lib/templates/model.ts'
import { PreviewItem } from './preview-item.tsx'
import { PreviewStep } from './preview-step.tsx'

/** The checklist as a run will show it, before anybody has ticked anything. */
export function ChecklistPreview({ model }: { model: TemplateModel }) {
  const lines = [
    ...model.items.map((item) => ({ kind: 'item' as const, ...item })),
    ...model.steps.map((step) => ({ kind: 'step' as const, ...step })),
  ].sort((one, other) => one.ordinal - other.ordinal)
  const triggers = new Map(
    model.sections.map(({ key }) => [key, model.triggers.filter(({ sectionKey }) => sectionKey === key)]),
  )
  return (
    <div className="grid grid-cols-1 gap-4.5">
      {model.sections.map(({ key, path, stage }) => {
        const own = lines.filter(({ sectionKey }) => sectionKey === key)
        const watched = triggers.get(key) ?? []
        if (own.length === 0 && watched.length === 0) return null
        return (
          <div key={key} className="[contain-intrinsic-size:auto_16rem] [content-visibility:auto]">
            <SectionCard title={path.join(' / ') || model.title} note={STAGE_WORDS[stage]}>
              <ul className="m-0 grid list-none grid-cols-1 gap-2.5 p-0">
                {own.map((line) =>
                  line.kind === 'item' ? (
                    <PreviewItem key={line.key} item={line} />
                  ) : (
                    <PreviewStep key={line.key} step={line} />
                  ),
                )}
                {watched.map(({ key: trigger, text }) => (
                  <li key={trigger} className="pl-6.5">
                    {text} <span className="text-sm text-soft">rollback trigger</span>
                  </li>
                ))}
              </ul>
            </SectionCard>
          </div>
        )
      })}
    </div>
  )
}
