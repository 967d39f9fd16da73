//! The list of rules: one line each, by what they are about.

use super::rule::{Group, Rule};

macro_rules! rules {
    ($($group:ident { $($name:ident),* $(,)? })*) => {
        $($(mod $name;)*)*

        /// Every rule, in catalogue order.
        pub const RULES: &[Rule] = &[$($($name::RULE),*),*];

        /// The rules by what they are about, in the same order.
        pub const GROUPS: &[(Group, &[Rule])] = &[$((Group::$group, &[$($name::RULE),*])),*];
    };
}

rules! {
    Text {
        unread_file,
        malformed_front_matter,
        doubtful_draft,
        unknown_field,
        invalid_value,
        unknown_kind,
        unknown_status,
        conflicting_status,
        missing_title,
        missing_field,
        missing_section,
        empty_section,
        leftover_placeholder,
        turned_text,
        unresolved_question,
        duplicate_id,
        mismatched_id,
        oversized_text,
    }
    Links {
        broken_link,
        broken_anchor,
        undefined_label,
        missing_image,
        missing_alt_text,
        remote_image,
        broken_diagram,
        uncoloured_code,
        malformed_alert,
        broken_relation,
        self_relation,
        relation_cycle,
        stale_reference,
        premature_supersession,
        orphaned_record,
    }
    Quality {
        unclassified_door,
        too_few_alternatives,
        missing_do_nothing,
        missing_exit_strategy,
        missing_way_back,
        missing_nfr,
        unmeasurable_metric,
        incomplete_matrix,
        missing_cost,
        understated_maintenance,
        unbalanced_cost,
        above_walk_away_price,
        missing_cut_line,
        heavy_lite_rfc,
        big_bang_rewrite,
    }
    People {
        missing_approver,
        several_approvers,
        driver_is_approver,
        unknown_person,
        departed_owner,
        missing_sign_off,
        unconsulted_stakeholder,
        short_pre_read,
        changed_after_circulation,
        unrecorded_dissent,
        illegal_transition,
        stuck_in_review,
        stale_draft,
        overdue_review,
        open_escalation,
    }
    After {
        silent_drift,
        untracked_implementation,
        unmeasured_metric,
        missed_metric,
        too_many_addenda,
        unsigned_addendum,
        overdue_debt,
        expired_waiver,
    }
    Deprecation {
        missing_replacement,
        missing_owner,
        disordered_timeline,
        shrinking_brownouts,
        missing_brownout,
        short_notice,
        unmigrated_consumer,
        overdue_sunset,
    }
    Site {
        malformed_allow,
        unused_allow,
        duplicate_address,
        unpublished_asset,
        unsafe_asset,
    }
}
