//! What every storage promises.

use std::sync::atomic::Ordering;

use futures_util::{StreamExt, future, stream};
use threadwell_application::ports::{Blob, BlobKey, BlobName, StorageFailure};
use threadwell_crypto::blob::sealed_len;
use threadwell_domain::{AttachmentId, TenantId, attachment::MAX_FILE_BYTES};
use tokio::{sync::oneshot, task::JoinSet};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{MIB, blob, broken_off, content, endless, eventually, file, names, read, sites::Site, store};

/// Around a chunk, around a part of a multipart upload, and the largest.
const SIZES: [usize; 9] = [0, 1, 65_535, 65_536, 65_537, 5 * MIB - 2_000, 5 * MIB, 5 * MIB + 1, 10 * MIB];

#[tokio::test]
async fn a_file_comes_back_as_it_was_stored() {
    for site in Site::all() {
        for (number, size) in (1u8..).zip(SIZES) {
            let bytes = file(size);
            store(&*site.storage, &blob(number), &bytes).await;
            let back = read(&*site.storage, &blob(number), size, 0..size).await.unwrap();
            assert!(back == bytes, "{site:?}: {size}");
        }
        let sealed: Vec<_> =
            site.storage.list(None).await.unwrap().iter().map(|found| found.sealed_bytes).collect();
        assert_eq!(sealed, SIZES.map(|size| sealed_len(size as u64)), "{site:?}");
    }
}

#[tokio::test]
async fn a_file_may_come_in_pieces_of_any_size() {
    for site in Site::all() {
        let bytes = file(200_000);
        for (number, piece) in (1u8..).zip([7_777, 65_536, 65_537, 200_000]) {
            assert_eq!(site.storage.store(&blob(number), content(&bytes, piece)).await.unwrap(), 200_000);
            assert!(
                read(&*site.storage, &blob(number), 200_000, 0..200_000).await.unwrap() == bytes,
                "{site:?}: {piece}"
            );
        }
    }
}

#[tokio::test]
async fn a_part_is_the_slice() {
    let bytes = file(300_000);
    for site in Site::all() {
        store(&*site.storage, &blob(1), &bytes).await;
        for part in [
            0..0,
            0..1,
            5..65_536,
            65_535..65_537,
            65_536..131_072,
            131_073..262_143,
            299_999..300_000,
            300_000..300_000,
        ] {
            let back = read(&*site.storage, &blob(1), 300_000, part.clone()).await.unwrap();
            assert!(back == bytes[part.clone()], "{site:?}: {part:?}");
        }
        let outside = read(&*site.storage, &blob(1), 300_000, 0..300_001).await;
        assert!(matches!(outside, Err(StorageFailure::Damaged)), "{site:?}: {outside:?}");
    }
}

#[tokio::test]
async fn a_file_that_does_not_end_is_refused_while_it_comes() {
    for site in Site::all() {
        let (content, asked) = endless();
        let refused = site.storage.store(&blob(1), content).await;
        assert!(matches!(refused, Err(StorageFailure::TooLarge)), "{site:?}: {refused:?}");
        assert_eq!(
            asked.load(Ordering::Relaxed),
            MAX_FILE_BYTES + 65_536,
            "{site:?}: one piece too many was read"
        );
        assert_eq!(names(&*site.storage).await, [], "{site:?}");
        eventually("nothing is left", || site.is_tidy()).await;
    }
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    for site in Site::all() {
        for size in [0, 1_000, 4 * MIB, 7 * MIB] {
            let refused = site.storage.store(&blob(1), broken_off(size)).await;
            assert!(matches!(refused, Err(StorageFailure::BrokeOff)), "{site:?}: {refused:?}");
            assert_eq!(names(&*site.storage).await, [], "{site:?}: {size}");
            let gone = read(&*site.storage, &blob(1), size, 0..size).await;
            assert!(matches!(gone, Err(StorageFailure::Missing)), "{site:?}: {gone:?}");
        }
        eventually("nothing is left", || site.is_tidy()).await;
    }
}

#[tokio::test]
async fn an_upload_that_nobody_waits_for_leaves_nothing() {
    for site in Site::all() {
        let (sender, reached) = oneshot::channel::<()>();
        let hang = stream::once(async move {
            sender.send(()).unwrap();
            future::pending().await
        });
        let hanging = content(&file(7 * MIB), 50_000).chain(hang).boxed();
        let (storage, blob) = (site.storage.clone(), blob(1));
        let upload = tokio::spawn(async move { storage.store(&blob, hanging).await });
        reached.await.unwrap();
        upload.abort();
        assert!(upload.await.unwrap_err().is_cancelled());
        assert_eq!(names(&*site.storage).await, [], "{site:?}");
        eventually("nothing is left", || site.is_tidy()).await;
    }
}

#[tokio::test]
async fn what_was_removed_is_missing() {
    for site in Site::all() {
        store(&*site.storage, &blob(1), b"one").await;
        store(&*site.storage, &blob(2), b"two").await;
        for _ in 0..2 {
            site.storage.remove(blob(1).name).await.unwrap();
            assert_eq!(names(&*site.storage).await, [blob(2).name], "{site:?}");
            let gone = read(&*site.storage, &blob(1), 3, 0..3).await;
            assert!(matches!(gone, Err(StorageFailure::Missing)), "{site:?}: {gone:?}");
        }
        assert_eq!(read(&*site.storage, &blob(2), 3, 0..3).await.unwrap(), b"two");
    }
}

#[tokio::test]
async fn an_object_opens_only_as_itself() {
    for site in Site::all() {
        store(&*site.storage, &blob(1), b"acne since May").await;
        let strangers = [
            Blob { tenant: TenantId::new(Uuid::from_u128(9)), ..blob(1) },
            Blob { attachment: AttachmentId::new(Uuid::from_u128(9)), ..blob(1) },
            Blob { key: BlobKey(Zeroizing::new([8; 32])), ..blob(1) },
        ];
        for stranger in strangers {
            // Before anything was given: whoever answers a request can still refuse it.
            let refused = site.storage.open(&stranger, 14, 0..14).await.err();
            assert!(matches!(refused, Some(StorageFailure::Damaged)), "{site:?}: {refused:?}");
        }
        let another_size = site.storage.open(&blob(1), 13, 0..13).await.err();
        assert!(matches!(another_size, Some(StorageFailure::Damaged)), "{site:?}: {another_size:?}");
        let another_name = Blob { name: BlobName::new([0x77; 16]), ..blob(1) };
        let missing = site.storage.open(&another_name, 14, 0..14).await.err();
        assert!(matches!(missing, Some(StorageFailure::Missing)), "{site:?}: {missing:?}");
    }
}

#[tokio::test]
async fn thirty_two_uploads_at_once_all_come_back() {
    for site in Site::all() {
        let mut uploads = JoinSet::new();
        for number in 0..32u8 {
            let storage = site.storage.clone();
            uploads.spawn(async move {
                let bytes = file(100_000 + usize::from(number));
                store(&*storage, &blob(number), &bytes).await;
                assert!(read(&*storage, &blob(number), bytes.len(), 0..bytes.len()).await.unwrap() == bytes);
            });
        }
        uploads.join_all().await;
        assert_eq!(names(&*site.storage).await.len(), 32, "{site:?}");
    }
}

#[tokio::test]
async fn a_storage_that_works_is_ready_and_shows_no_probe() {
    for site in Site::all() {
        for _ in 0..2 {
            site.storage.ready().await.unwrap();
        }
        assert_eq!(names(&*site.storage).await, [], "{site:?}");
    }
}
