import { InlineText } from '#components/runs/item/inline-text.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Utc } from '#components/ui/utc.tsx'
import type { About } from '#lib/notify/read/acknowledgement.ts'

/** What is acknowledged. */
export function NoticeFacts({ about }: { about: About }) {
  return (
    <Facts
      layout="list"
      items={[
        { term: 'Item', value: <InlineText text={about.item} /> },
        { term: 'Service', value: `${about.service} to ${about.environment}, run #${about.number}` },
        { term: 'Release', value: `${about.version} · ${about.commit.slice(0, 7)}` },
        {
          term: 'Sent by',
          value: (
            <>
              {about.sentBy} of {about.team}, <Utc at={new Date(about.sentAt)} show="minute" />
            </>
          ),
        },
        { term: 'Sent to', value: about.to },
        { term: 'Link works until', value: <Utc at={new Date(about.expiresAt)} show="minute" /> },
      ]}
    />
  )
}
