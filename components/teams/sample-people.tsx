import { CopyButton } from '#components/ui/copy-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Table } from '#components/ui/table.tsx'

export type LoadedSampleView = {
  /** Slug. */
  team: string
  name: string
  /** Where the sample target stands, as the server sees it. */
  target: string
  members: { name: string; email: string; password: string; does: string }[]
}

/** The people of a sample team that was just written: their passwords are on this page and nowhere else. */
export function SamplePeople({ sample: { name, target, members } }: { sample: LoadedSampleView }) {
  const text = members
    .map((member) => `${member.email}\t${member.password}\t${member.name}, ${member.does}`)
    .join('\n')
  return (
    <>
      <Notice
        tone="warn"
        title={`${name}: these passwords are shown once`}
        action={<CopyButton text={text} label="Copy all" />}
      >
        Each is a person of the sample team. Keep the list if you want to try the roles.
      </Notice>
      <Table caption="People of the sample team" dense>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">E-mail and password</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.email}>
              <th scope="row" className="min-w-32">
                {member.name}
                <span className="block text-xs font-normal text-soft">{member.does}</span>
              </th>
              <td className="font-mono text-xs leading-5 whitespace-nowrap">
                {member.email}
                <br />
                {member.password}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="m-0 text-sm text-soft">
        Its probes look at a small sample service on the server’s own machine,{' '}
        <a href={target} target="_blank" rel="noreferrer">
          {target}
        </a>
        . Its page breaks and repairs each part, so that you can see a probe fail.
      </p>
    </>
  )
}
