import type { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { decideItem, type ItemFacts } from '#lib/runs/decide-item.ts'
import { itemAddress, optionalText, requiredText } from '#lib/runs/item-input.ts'
import { applyItems } from './apply-items.ts'
import { loadItem } from './load-item.ts'

type Address = z.infer<typeof itemAddress>

const facts = (
  tx: Parameters<typeof applyItems>[0],
  input: Address,
  actor: Parameters<typeof loadItem>[0]['actor'],
) => loadItem({ tx, actor, address: input, key: input.key })

const ownerRole = ({ item }: ItemFacts) => ({ role: item.ownerRole })

/** A person says that an item is so; a note where the item or its probe asks for one. */
export const tickItem = command({
  name: 'run.tickItem',
  scope: 'team',
  input: itemAddress.extend({ note: optionalText }),
  facts,
  subject: ownerRole,
  decide: (found, { version, note }, context) => decideItem('tick', found, { version, text: note }, context),
  apply: applyItems,
})

/** Takes people's marks (tick, n/a, fail) off an item; its witnesses go with them. */
export const untickItem = command({
  name: 'run.untickItem',
  scope: 'team',
  input: itemAddress.extend({ reason: optionalText }),
  facts,
  subject: ownerRole,
  decide: (found, { version, reason }, context) =>
    decideItem('untick', found, { version, text: reason }, context),
  apply: applyItems,
})

/** A person says that an item is not so. */
export const failItem = command({
  name: 'run.failItem',
  scope: 'team',
  input: itemAddress.extend({ reason: requiredText('Say what is wrong.') }),
  facts,
  subject: ownerRole,
  decide: (found, { version, reason }, context) =>
    decideItem('fail', found, { version, text: reason }, context),
  apply: applyItems,
})

export const markNotApplicable = command({
  name: 'run.markNotApplicable',
  scope: 'team',
  input: itemAddress.extend({ reason: requiredText('Say why it does not apply.') }),
  facts,
  subject: ownerRole,
  decide: (found, { version, reason }, context) =>
    decideItem('notApplicable', found, { version, text: reason }, context),
  apply: applyItems,
})

/** A second person agrees that an item does not apply. */
export const verifyNotApplicable = command({
  name: 'run.verifyNotApplicable',
  scope: 'team',
  input: itemAddress,
  facts,
  decide: (found, { version }, context) => decideItem('verify', found, { version, text: null }, context),
  apply: applyItems,
})

/** A second person saw what the first one ticked. */
export const witnessItem = command({
  name: 'run.witnessItem',
  scope: 'team',
  input: itemAddress,
  facts,
  decide: (found, { version }, context) => decideItem('witness', found, { version, text: null }, context),
  apply: applyItems,
})

export const noteItem = command({
  name: 'run.noteItem',
  scope: 'team',
  input: itemAddress.extend({ note: requiredText('Write something.') }),
  facts,
  decide: (found, { version, note }, context) => decideItem('note', found, { version, text: note }, context),
  apply: applyItems,
})
