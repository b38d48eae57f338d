'use client'
import { useEffect, useRef } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Table } from '#components/ui/table.tsx'
import { paths } from '#lib/shared/paths.ts'
import type { SampleAnswer, SetUpAnswer } from './set-up-answer.ts'

function asText(sample: SampleAnswer): string {
  return sample.loaded
    ? sample.members
        .map((member) => `${member.email}\t${member.password}\t${member.name}, ${member.does}`)
        .join('\n')
    : ''
}

/** After the set-up: what exists now, and the way in. The sample's passwords are on this page and nowhere else. */
export function SetUpDone({ answer: { team, sample } }: { answer: SetUpAnswer }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <h2 ref={heading} tabIndex={-1} className="m-0 text-xl font-bold outline-none">
        Your team is ready
      </h2>
      <p className="m-0">
        Sign in with the address and the password you just chose. Then invite the others under Members, and
        name what you deploy under Services.
      </p>
      {sample && !sample.loaded ? (
        <Notice tone="warn" title="The sample team was not loaded">
          {sample.because} Your own team is not touched by that.
        </Notice>
      ) : null}
      {sample?.loaded ? (
        <>
          <Notice
            tone="warn"
            title={`${sample.name}: these passwords are shown once`}
            action={<CopyButton text={asText(sample)} label="Copy all" />}
          >
            Each is a person of the sample team. Keep the list if you want to try the roles.
          </Notice>
          <Table caption="People of the sample team" dense>
            <thead>
              <tr>
                <th scope="col">Person</th>
                <th scope="col">E-mail</th>
                <th scope="col">Password</th>
              </tr>
            </thead>
            <tbody>
              {sample.members.map((member) => (
                <tr key={member.email}>
                  <th scope="row">
                    {member.name}
                    <span className="block text-xs font-normal text-soft">{member.does}</span>
                  </th>
                  <td className="font-mono text-xs">{member.email}</td>
                  <td className="font-mono text-xs">{member.password}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      ) : null}
      <LinkButton href={paths.signIn(paths.team(team))} variant="primary" size="lg">
        Sign in
      </LinkButton>
    </div>
  )
}
