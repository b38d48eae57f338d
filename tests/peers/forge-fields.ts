/**
 * Which fields an object of a forge's interface has, as their published descriptions list them: GitHub's OpenAPI description
 * (REST 2022-11-28) and the attributes of GitLab's API pages (v4). `of`: what a field holds.
 */
export type Fields = { fields: string; of?: Readonly<Record<string, Fields>> }

const githubUser: Fields = {
  fields:
    'name email login id node_id avatar_url gravatar_id url html_url followers_url following_url gists_url starred_url subscriptions_url organizations_url repos_url events_url received_events_url type site_admin starred_at user_view_type',
}
const end: Fields = { fields: 'label ref repo sha user', of: { user: githubUser } }
const simplePull =
  'url id node_id html_url diff_url patch_url issue_url commits_url review_comments_url review_comment_url comments_url statuses_url number state locked title user body labels milestone active_lock_reason created_at updated_at closed_at merged_at merge_commit_sha assignee assignees requested_reviewers requested_teams head base _links author_association auto_merge stack draft'
const ofPull = { user: githubUser, head: end, base: end }
const app: Fields = {
  fields:
    'id slug node_id client_id owner name description external_url html_url created_at updated_at permissions events installations_count',
}
const policy: Fields = {
  fields: 'url enforcement_level contexts checks contexts_url strict',
  of: { checks: { fields: 'context app_id' } },
}
const reviewPolicy: Fields = {
  fields:
    'url dismissal_restrictions bypass_pull_request_allowances dismiss_stale_reviews require_code_owner_reviews required_approving_review_count require_last_push_approval',
}
const commit: Fields = {
  fields: 'url sha node_id html_url comments_url commit author committer parents stats files',
  of: {
    commit: {
      fields: 'url author committer message comment_count tree verification',
      of: { tree: { fields: 'sha url' } },
    },
    author: githubUser,
    committer: githubUser,
  },
}

export const GITHUB = {
  commit,
  simplePull: { fields: simplePull, of: ofPull },
  pull: {
    fields: `${simplePull} merged mergeable rebaseable mergeable_state merged_by comments review_comments maintainer_can_modify commits additions deletions changed_files`,
    of: ofPull,
  },
  review: {
    fields:
      'id node_id user body state html_url pull_request_url _links submitted_at commit_id body_html body_text author_association',
    of: { user: githubUser },
  },
  checkRuns: {
    fields: 'total_count check_runs',
    of: {
      check_runs: {
        fields:
          'id head_sha node_id external_id url html_url details_url status conclusion started_at completed_at output name check_suite app pull_requests deployment',
        of: { app },
      },
    },
  },
  status: {
    fields: 'state statuses sha total_count repository commit_url url',
    of: {
      statuses: {
        fields:
          'description id node_id state context target_url required avatar_url url created_at updated_at',
      },
    },
  },
  /** Of the rules those that want reviews or checks. */
  rule: {
    fields: 'type parameters ruleset_source_type ruleset_source ruleset_id',
    of: {
      parameters: {
        fields:
          'do_not_enforce_on_create required_status_checks strict_required_status_checks_policy allowed_merge_methods dismiss_stale_reviews_on_push dismissal_restriction require_code_owner_review require_last_push_approval required_approving_review_count required_review_thread_resolution required_reviewers workflows code_scanning_tools',
        of: { required_status_checks: { fields: 'context integration_id' } },
      },
    },
  },
  branch: {
    fields: 'name commit _links protected protection protection_url pattern required_approving_review_count',
    of: {
      commit,
      protection: {
        fields:
          'url enabled required_status_checks enforce_admins required_pull_request_reviews restrictions required_linear_history allow_force_pushes allow_deletions block_creations required_conversation_resolution name protection_url required_signatures lock_branch allow_fork_syncing',
        of: { required_status_checks: policy, required_pull_request_reviews: reviewPolicy },
      },
    },
  },
  policy,
  reviewPolicy,
} as const satisfies Record<string, Fields>

const gitlabUser: Fields = { fields: 'id username name state locked avatar_url web_url bot' }

export const GITLAB = {
  commit: {
    fields:
      'id short_id created_at parent_ids title message author_name author_email authored_date committer_name committer_email committed_date trailers extended_trailers web_url stats status project_id last_pipeline',
  },
  request: {
    fields:
      'id iid project_id title description state imported imported_from created_at updated_at merged_by merge_user merged_at merge_after prepared_at closed_by closed_at target_branch source_branch user_notes_count upvotes downvotes author assignees assignee reviewers source_project_id target_project_id labels draft work_in_progress milestone merge_when_pipeline_succeeds merge_status detailed_merge_status sha merge_commit_sha squash_commit_sha discussion_locked should_remove_source_branch force_remove_source_branch reference references web_url time_stats squash task_completion_status has_conflicts blocking_discussions_resolved approvals_before_merge subscribed changes_count latest_build_started_at latest_build_finished_at first_deployed_to_production_at pipeline head_pipeline diff_refs merge_error first_contribution user',
    of: { author: gitlabUser },
  },
  approvals: {
    fields:
      'id iid project_id title description state created_at updated_at merge_status approved approvals_required approvals_left approved_by user_has_approved user_can_approve',
    of: { approved_by: { fields: 'user approved_at', of: { user: gitlabUser } } },
  },
  approvalState: {
    fields: 'approval_rules_overwritten rules',
    of: {
      rules: {
        fields:
          'id name rule_type eligible_approvers approvals_required users groups contains_hidden_groups approved_by source_rule approved overridden code_owner section',
      },
    },
  },
  approvalSettings: {
    fields:
      'approvals_before_merge reset_approvals_on_push selective_code_owner_removals disable_overriding_approvers_per_merge_request merge_requests_author_approval merge_requests_disable_committers_approval require_password_to_approve require_reauthentication_to_approve',
  },
  reviewer: { fields: 'user state created_at', of: { user: gitlabUser } },
  status: {
    fields:
      'id sha ref status name target_url description created_at started_at finished_at allow_failure coverage pipeline_id author',
  },
  pipeline: {
    fields: 'id iid project_id status source ref sha name web_url created_at updated_at',
  },
  externalCheck: { fields: 'id name external_url status' },
  compared: { fields: 'commit commits diffs compare_timeout compare_same_ref web_url' },
  /** Of a project what it says of merging. */
  project: {
    fields:
      'id name path path_with_namespace default_branch web_url only_allow_merge_if_pipeline_succeeds allow_merge_on_skipped_pipeline only_allow_merge_if_all_discussions_are_resolved only_allow_merge_if_all_status_checks_passed merge_method merge_pipelines_enabled',
  },
} as const satisfies Record<string, Fields>
