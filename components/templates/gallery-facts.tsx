import { VariableNames } from '#components/probes/variable-names.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { counted } from '#lib/shared/words.ts'
import type { GalleryCounts } from '#lib/templates/gallery-list.ts'

/** What one of them holds and asks an environment for. */
export function GalleryFacts({ counts }: { counts: GalleryCounts }) {
  const { items, probes, steps, roles, variables, optional } = counts
  return (
    <Facts
      layout="list"
      items={[
        {
          term: 'In it',
          value: [
            counted({ count: items, one: 'item' }),
            `${probes} of them probed`,
            counted({ count: steps, one: 'command step' }),
          ].join(', '),
        },
        { term: 'Signed by', value: roles.join(', ') },
        {
          term: 'Variables',
          value: <VariableNames names={variables} />,
        },
        ...(optional.length === 0
          ? []
          : [
              {
                term: 'Asked if set',
                value: (
                  <Disclosure summary={counted({ count: optional.length, one: 'more variable' })}>
                    <VariableNames names={optional} />
                  </Disclosure>
                ),
              },
            ]),
      ]}
    />
  )
}
