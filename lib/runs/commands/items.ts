import type { z } from 'zod'
import type { Actor } from '#lib/access/actor.ts'
import { swiftCommand } from '#lib/door/command.ts'
import { decideItem, type ItemFacts } from '#lib/runs/decide-item.ts'
import type { RunItemsChange } from '#lib/runs/item-change.ts'
import { itemAddress, optionalText, requiredText } from '#lib/runs/item-input.ts'
import type { SqlTx } from '#lib/server/sql.ts'
import { itemsWriting } from './apply-items.ts'
import { loadItem } from './load-item.ts'

type Address = z.infer<typeof itemAddress>

const facts = (tx: SqlTx, input: Address, actor: Actor, supplied: Date | null) =>
  loadItem({ tx, actor, address: input, key: input.key, supplied })

const writes = (change: RunItemsChange) => [itemsWriting(change)]

const ownerRole = ({ item }: ItemFacts) => ({ role: item.ownerRole })

/** A person says that an item is so; a note where the item or its probe asks for one. */
export const tickItem = swiftCommand({
  name: 'run.tickItem',
  scope: 'team',
  input: itemAddress.extend({ note: optionalText }),
  facts,
  subject: ownerRole,
  decide: (found, { version, note }, context) => decideItem('tick', found, { version, text: note }, context),
  writes,
})

/** Takes people's marks (tick, n/a, fail) off an item; its witnesses go with them. */
export const untickItem = swiftCommand({
  name: 'run.untickItem',
  scope: 'team',
  input: itemAddress.extend({ reason: optionalText }),
  facts,
  subject: ownerRole,
  decide: (found, { version, reason }, context) =>
    decideItem('untick', found, { version, text: reason }, context),
  writes,
})

/** A person says that an item is not so. */
export const failItem = swiftCommand({
  name: 'run.failItem',
  scope: 'team',
  input: itemAddress.extend({ reason: requiredText('Say what is wrong.') }),
  facts,
  subject: ownerRole,
  decide: (found, { version, reason }, context) =>
    decideItem('fail', found, { version, text: reason }, context),
  writes,
})

export const markNotApplicable = swiftCommand({
  name: 'run.markNotApplicable',
  scope: 'team',
  input: itemAddress.extend({ reason: requiredText('Say why it does not apply.') }),
  facts,
  subject: ownerRole,
  decide: (found, { version, reason }, context) =>
    decideItem('notApplicable', found, { version, text: reason }, context),
  writes,
})

/** A second person agrees that an item does not apply. */
export const verifyNotApplicable = swiftCommand({
  name: 'run.verifyNotApplicable',
  scope: 'team',
  input: itemAddress,
  facts,
  decide: (found, { version }, context) => decideItem('verify', found, { version, text: null }, context),
  writes,
})

/** A second person saw what the first one ticked. */
export const witnessItem = swiftCommand({
  name: 'run.witnessItem',
  scope: 'team',
  input: itemAddress,
  facts,
  decide: (found, { version }, context) => decideItem('witness', found, { version, text: null }, context),
  writes,
})

export const noteItem = swiftCommand({
  name: 'run.noteItem',
  scope: 'team',
  input: itemAddress.extend({ note: requiredText('Write something.') }),
  facts,
  decide: (found, { version, note }, context) => decideItem('note', found, { version, text: note }, context),
  writes,
})
