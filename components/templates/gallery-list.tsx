import { LinkButton } from '#components/ui/link-button.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx'
import { paths } from '#lib/shared/paths.ts'
import { counted } from '#lib/shared/words.ts'
import type { GalleryCounts, GalleryEntry } from '#lib/templates/gallery-list.ts'

/** The checklists that come with Countersign: what each is for, and a way to look at it before it is taken. */
export function GalleryList({
  team,
  entries,
  mayStart,
}: {
  team: string
  entries: readonly (GalleryEntry & GalleryCounts)[]
  mayStart: boolean
}) {
  return (
    <SectionCard title="Ready to start from" note="they come with Countersign">
      <ul className="m-0 grid list-none gap-x-6 gap-y-5 p-0 md:grid-cols-2">
        {entries.map(({ slug, name, about, use, items, probes, steps }) => (
          <li key={slug} className="grid content-start gap-1.5 border-t border-line pt-3">
            <h3 className="m-0 text-base font-bold">{name}</h3>
            <p className="m-0">{about}</p>
            <p className="m-0 text-soft">{use}</p>
            <p className="m-0 text-sm text-soft tabular-nums">
              {counted({ count: items, one: 'item' })} · {counted({ count: probes, one: 'probe' })} ·{' '}
              {counted({ count: steps, one: 'command step' })}
            </p>
            <div className="mt-1 flex flex-wrap gap-2">
              <LinkButton href={paths.galleryTemplate({ team, slug })}>
                Preview<VisuallyHidden> {name}</VisuallyHidden>
              </LinkButton>
              {mayStart ? (
                <LinkButton href={paths.templateImport(team, { start: slug })}>
                  Start from this<VisuallyHidden>: {name}</VisuallyHidden>
                </LinkButton>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
