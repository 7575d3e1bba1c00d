//! The tables as diesel knows them. The catalogue test compares them with a migrated database.

diesel::table! {
    tenant (id) {
        id -> Uuid,
        slug -> Text,
        name -> Text,
        phone -> Text,
        emergency_text -> Text,
        hours -> Text,
        after_hours_text -> Text,
        answer_times -> Array<Text>,
        reopen_window_days -> Integer,
        auto_priority -> Array<SmallInt>,
        time_zone -> Text,
        mail_greets_by_name -> Bool,
        created_at -> Timestamptz,
        accent -> SmallInt,
        business_hours -> Array<SmallInt>,
        holidays -> Array<Text>,
        staff_need_second_factor -> Bool,
        staff_idle_minutes -> SmallInt,
        portal_idle_minutes -> SmallInt,
        mobile_idle_days -> SmallInt,
        majority_age -> SmallInt,
        patients_may_invite -> Bool,
        has_identity_check -> Bool,
        has_staff_addresses -> Bool,
        version -> Integer,
    }
}

diesel::table! {
    tenant_key (tenant_id, purpose, version) {
        tenant_id -> Uuid,
        purpose -> SmallInt,
        version -> SmallInt,
        wrapped -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    role_scope (tenant_id, role) {
        tenant_id -> Uuid,
        role -> SmallInt,
        categories -> SmallInt,
    }
}

diesel::table! {
    staff_user (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        email_hash -> Bytea,
        email_enc -> Bytea,
        full_name -> Text,
        title -> Nullable<Text>,
        role -> SmallInt,
        is_active -> Bool,
        password_hash -> Nullable<Text>,
        mail_enabled -> Bool,
        created_at -> Timestamptz,
        language -> Text,
        version -> Integer,
        has_password -> Bool,
        password_stands_alone -> Bool,
    }
}

diesel::table! {
    team (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        name -> Text,
        categories -> SmallInt,
        created_at -> Timestamptz,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    team_member (tenant_id, team_id, staff_id) {
        tenant_id -> Uuid,
        team_id -> Uuid,
        staff_id -> Uuid,
        left_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    patient (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        mrn_hash -> Bytea,
        mrn_enc -> Bytea,
        name_enc -> Bytea,
        birth_date_enc -> Nullable<Bytea>,
        phone_enc -> Nullable<Bytea>,
        email_enc -> Nullable<Bytea>,
        language -> Text,
        created_at -> Timestamptz,
        version -> Integer,
    }
}

diesel::table! {
    patient_search (tenant_id, token, patient_id) {
        tenant_id -> Uuid,
        token -> BigInt,
        patient_id -> Uuid,
    }
}

diesel::table! {
    portal_account (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        email_hash -> Bytea,
        email_enc -> Bytea,
        full_name_enc -> Bytea,
        language -> Text,
        is_active -> Bool,
        password_hash -> Text,
        mail_enabled -> Bool,
        created_at -> Timestamptz,
        version -> Integer,
        password_stands_alone -> Bool,
    }
}

diesel::table! {
    patient_access (tenant_id, account_id, patient_id) {
        tenant_id -> Uuid,
        account_id -> Uuid,
        patient_id -> Uuid,
        relationship -> SmallInt,
        scope -> SmallInt,
        expires_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        invitation_id -> Nullable<Uuid>,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    thread (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        patient_id -> Uuid,
        category -> SmallInt,
        priority -> SmallInt,
        status -> SmallInt,
        assigned_staff_id -> Nullable<Uuid>,
        assigned_team_id -> Nullable<Uuid>,
        is_created_by_patient -> Bool,
        is_confidential -> Bool,
        linked_thread_id -> Nullable<Uuid>,
        archived_at -> Nullable<Timestamptz>,
        closed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Integer,
        public_version -> Integer,
        public_updated_at -> Timestamptz,
        last_seq -> Integer,
        message_count -> Integer,
        last_message_at -> Timestamptz,
        last_message_by -> SmallInt,
        last_patient_seq -> Integer,
        last_staff_seq -> Integer,
        is_unread_by_staff -> Bool,
        seen_by_staff_at -> Nullable<Timestamptz>,
        subject_enc -> Bytea,
        preview_enc -> Bytea,
        close_reason_enc -> Nullable<Bytea>,
    }
}

diesel::table! {
    thread_search (tenant_id, token, thread_id) {
        tenant_id -> Uuid,
        token -> BigInt,
        thread_id -> Uuid,
        is_current -> Bool,
    }
}

diesel::table! {
    message (tenant_id, thread_id, seq) {
        tenant_id -> Uuid,
        thread_id -> Uuid,
        seq -> Integer,
        id -> Uuid,
        patient_id -> Uuid,
        sender_kind -> SmallInt,
        staff_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        proxy_name_enc -> Nullable<Bytea>,
        proxy_relationship -> Nullable<SmallInt>,
        body_enc -> Bytea,
        is_internal -> Bool,
        mentions -> Array<Uuid>,
        sent_at -> Timestamptz,
        revised_at -> Nullable<Timestamptz>,
        attachment_count -> SmallInt,
    }
}

diesel::table! {
    attachment (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        patient_id -> Nullable<Uuid>,
        staff_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        thread_id -> Nullable<Uuid>,
        message_seq -> Nullable<Integer>,
        is_internal -> Bool,
        kind -> SmallInt,
        state -> SmallInt,
        refusal -> Nullable<SmallInt>,
        file_name_enc -> Bytea,
        key_enc -> Bytea,
        blob -> Bytea,
        thumbnail_blob -> Nullable<Bytea>,
        stale_blobs -> Array<Bytea>,
        size_bytes -> BigInt,
        thumbnail_bytes -> Nullable<BigInt>,
        thumbnail_kind -> Nullable<SmallInt>,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        created_at -> Timestamptz,
        claimed_at -> Nullable<Timestamptz>,
        due_at -> Nullable<Timestamptz>,
        lease_until -> Nullable<Timestamptz>,
        fence -> Integer,
        attempts -> Integer,
    }
}

diesel::table! {
    upload_usage (tenant_id, day, owner_kind, owner_id) {
        tenant_id -> Uuid,
        day -> Timestamptz,
        owner_kind -> SmallInt,
        owner_id -> Uuid,
        bytes -> BigInt,
    }
}

diesel::table! {
    draft (tenant_id, owner_kind, owner_id, about_id, kind) {
        tenant_id -> Uuid,
        owner_kind -> SmallInt,
        owner_id -> Uuid,
        about_id -> Uuid,
        kind -> SmallInt,
        patient_id -> Uuid,
        thread_id -> Nullable<Uuid>,
        text_enc -> Bytea,
        subject_enc -> Nullable<Bytea>,
        category -> Nullable<SmallInt>,
        is_confidential -> Bool,
        updated_at -> Timestamptz,
        is_cleared -> Bool,
    }
}

diesel::table! {
    read_cursor (tenant_id, thread_id, reader_kind, reader_id) {
        tenant_id -> Uuid,
        thread_id -> Uuid,
        reader_kind -> SmallInt,
        reader_id -> Uuid,
        seq -> Integer,
        read_at -> Nullable<Timestamptz>,
        is_marked_unread -> Bool,
        notified_seq -> Integer,
        starred_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    auto_reply (tenant_id, category) {
        tenant_id -> Uuid,
        category -> SmallInt,
        message -> Text,
        is_active -> Bool,
        updated_at -> Timestamptz,
        updated_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    bulk_act (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        kind -> SmallInt,
        is_undo -> Bool,
        to_staff_id -> Nullable<Uuid>,
        to_team_id -> Nullable<Uuid>,
        to_code -> Nullable<SmallInt>,
        done_at -> Timestamptz,
        undone_at -> Nullable<Timestamptz>,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    bulk_act_thread (tenant_id, bulk_act_id, place) {
        tenant_id -> Uuid,
        bulk_act_id -> Uuid,
        place -> SmallInt,
        thread_id -> Uuid,
        expires_at -> Timestamptz,
        outcome -> SmallInt,
        refusal -> Nullable<SmallInt>,
        left_version -> Nullable<Integer>,
        was_status -> Nullable<SmallInt>,
        was_closed_at -> Nullable<Timestamptz>,
        was_staff_id -> Nullable<Uuid>,
        was_team_id -> Nullable<Uuid>,
        was_priority -> Nullable<SmallInt>,
        was_archived_at -> Nullable<Timestamptz>,
        was_unread_by_staff -> Nullable<Bool>,
        was_seen_by_staff_at -> Nullable<Timestamptz>,
        was_close_reason_enc -> Nullable<Bytea>,
        was_seq -> Nullable<Integer>,
        was_read_at -> Nullable<Timestamptz>,
        was_marked_unread -> Nullable<Bool>,
        left_seq -> Nullable<Integer>,
        left_marked_unread -> Nullable<Bool>,
    }
}

diesel::table! {
    notification (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        kind -> SmallInt,
        thread_id -> Uuid,
        message_id -> Nullable<Uuid>,
        seq -> Integer,
        by_staff_id -> Uuid,
        created_at -> Timestamptz,
        read_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    saved_view (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        owner_id -> Uuid,
        is_shared -> Bool,
        name_enc -> Bytea,
        filter_enc -> Bytea,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        retired_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    thread_link (tenant_id, low_id, high_id) {
        tenant_id -> Uuid,
        low_id -> Uuid,
        high_id -> Uuid,
        linked_by -> Uuid,
        linked_at -> Timestamptz,
        parted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    canned_response (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        title -> Text,
        category -> SmallInt,
        response -> Text,
        is_active -> Bool,
        version -> Integer,
        updated_at -> Timestamptz,
        updated_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    canned_response_version (tenant_id, canned_response_id, version) {
        tenant_id -> Uuid,
        canned_response_id -> Uuid,
        version -> Integer,
        title -> Text,
        category -> SmallInt,
        response -> Text,
        written_at -> Timestamptz,
        written_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    session (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        owner_kind -> SmallInt,
        staff_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        acting_for_patient_id -> Nullable<Uuid>,
        acting_for_relationship -> Nullable<SmallInt>,
        refresh_generation -> Integer,
        idle_limit_seconds -> Integer,
        created_at -> Timestamptz,
        last_activity_at -> Timestamptz,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        method -> SmallInt,
        device_id -> Nullable<Uuid>,
        device_name_enc -> Nullable<Bytea>,
        browser -> Nullable<Text>,
        address -> Nullable<Text>,
        stepped_up_at -> Nullable<Timestamptz>,
        emergency_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    refresh_token (tenant_id, token_hash) {
        tenant_id -> Uuid,
        token_hash -> Bytea,
        session_id -> Uuid,
        owner_kind -> SmallInt,
        generation -> Integer,
    }
}

diesel::table! {
    sign_in_throttle (key) {
        key -> Bytea,
        failures -> Integer,
        successes -> Integer,
        window_started_at -> Timestamptz,
        blocked_until -> Nullable<Timestamptz>,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    outbox (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        kind -> SmallInt,
        audience -> Nullable<SmallInt>,
        recipient_kind -> Nullable<SmallInt>,
        recipient_id -> Nullable<Uuid>,
        thread_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        due_at -> Timestamptz,
        attempts -> Integer,
        lease_until -> Nullable<Timestamptz>,
        fence -> Integer,
        done_at -> Nullable<Timestamptz>,
        dead_at -> Nullable<Timestamptz>,
        last_reason -> Nullable<Text>,
        message_id -> Nullable<Uuid>,
        template -> Nullable<SmallInt>,
        link_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    work_due (tenant_id, kind) {
        tenant_id -> Uuid,
        kind -> SmallInt,
        due_at -> Timestamptz,
    }
}

diesel::table! {
    presence (tenant_id, thread_id, staff_id) {
        tenant_id -> Uuid,
        thread_id -> Uuid,
        staff_id -> Uuid,
        session_id -> Uuid,
        state -> SmallInt,
        until -> Timestamptz,
        told_until -> Timestamptz,
    }
}

diesel::table! {
    message_search (tenant_id, message_id) {
        tenant_id -> Uuid,
        message_id -> Uuid,
        thread_id -> Uuid,
        tokens -> Array<BigInt>,
    }
}

diesel::table! {
    search_word (tenant_id, scope, token) {
        tenant_id -> Uuid,
        scope -> SmallInt,
        token -> BigInt,
        word_enc -> Bytea,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    search_index (tenant_id) {
        tenant_id -> Uuid,
        is_on -> Bool,
        generation -> Integer,
        is_complete -> Bool,
        patients_up_to -> Nullable<Uuid>,
        messages_up_to -> Nullable<Uuid>,
        messages_seen -> BigInt,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    recent_search (tenant_id, staff_id, query_hash) {
        tenant_id -> Uuid,
        staff_id -> Uuid,
        id -> Uuid,
        query_hash -> Bytea,
        query_enc -> Bytea,
        searched_at -> Timestamptz,
        is_cleared -> Bool,
    }
}

diesel::table! {
    idempotency_key (tenant_id, actor_kind, actor_id, key_hash) {
        tenant_id -> Uuid,
        actor_kind -> SmallInt,
        actor_id -> Uuid,
        key_hash -> Bytea,
        id -> Uuid,
        fingerprint -> Bytea,
        receipt_enc -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    staff_address_range (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        range -> Text,
        added_at -> Timestamptz,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    account_link (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        token_hash -> Bytea,
        purpose -> SmallInt,
        staff_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        patient_id -> Nullable<Uuid>,
        email_enc -> Nullable<Bytea>,
        name_enc -> Nullable<Bytea>,
        birth_date_enc -> Nullable<Bytea>,
        relationship -> Nullable<SmallInt>,
        scope -> Nullable<SmallInt>,
        grant_expires_at -> Nullable<Timestamptz>,
        invited_by_staff -> Nullable<Uuid>,
        invited_by_account -> Nullable<Uuid>,
        attempts -> SmallInt,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    second_factor (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        owner_kind -> SmallInt,
        staff_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        kind -> SmallInt,
        name_enc -> Bytea,
        secret_enc -> Bytea,
        credential_hash -> Nullable<Bytea>,
        last_step -> Nullable<BigInt>,
        created_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        last_used_at -> Nullable<Timestamptz>,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    recovery_code (tenant_id, code_hash) {
        tenant_id -> Uuid,
        code_hash -> Bytea,
        owner_kind -> SmallInt,
        staff_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        replaced_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    sign_in_ticket (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        token_hash -> Bytea,
        owner_kind -> SmallInt,
        staff_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        purpose -> SmallInt,
        session_id -> Nullable<Uuid>,
        delivery -> SmallInt,
        device_name_enc -> Nullable<Bytea>,
        device_token_enc -> Nullable<Bytea>,
        state_enc -> Nullable<Bytea>,
        attempts -> SmallInt,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        is_remembered -> Bool,
    }
}

diesel::table! {
    known_device (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        owner_kind -> SmallInt,
        staff_id -> Nullable<Uuid>,
        account_id -> Nullable<Uuid>,
        device_hash -> Bytea,
        first_seen_at -> Timestamptz,
        last_seen_at -> Timestamptz,
        forgotten_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    push_registration (tenant_id, session_id) {
        tenant_id -> Uuid,
        session_id -> Uuid,
        owner_kind -> SmallInt,
        platform -> SmallInt,
        token_enc -> Bytea,
        registered_at -> Timestamptz,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    emergency_access (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        session_id -> Uuid,
        owner_kind -> SmallInt,
        reason_enc -> Bytea,
        started_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        reviewed_at -> Nullable<Timestamptz>,
        reviewed_by -> Nullable<Uuid>,
        note_enc -> Nullable<Bytea>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    message_search,
    search_word,
    search_index,
    recent_search,
    tenant,
    tenant_key,
    role_scope,
    staff_user,
    team,
    team_member,
    patient,
    patient_search,
    portal_account,
    patient_access,
    thread,
    thread_search,
    message,
    attachment,
    upload_usage,
    draft,
    read_cursor,
    auto_reply,
    canned_response,
    canned_response_version,
    session,
    refresh_token,
    sign_in_throttle,
    outbox,
    work_due,
    presence,
    idempotency_key,
    bulk_act,
    bulk_act_thread,
    notification,
    saved_view,
    thread_link,
    staff_address_range,
    account_link,
    second_factor,
    recovery_code,
    sign_in_ticket,
    known_device,
    push_registration,
    emergency_access,
);
