use std::fs;

use threadwell_application::ports::{AttachmentStorage, BlobName, Clock, SystemClock};
use threadwell_crypto::blob::sealed_len;

use crate::{
    blob, names,
    sites::{Behind, Site, attachments, settings},
    store,
};

/// Spread over the whole range, in order.
fn name(number: u32) -> BlobName {
    BlobName::new((u128::from(number) * 0x0033_3333_3333_3333_3333_3333_3333_3333).to_be_bytes())
}

async fn all_pages(storage: &dyn AttachmentStorage) -> Vec<Vec<BlobName>> {
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let page: Vec<_> = storage.list(after).await.unwrap().iter().map(|found| found.name).collect();
        if page.is_empty() {
            return pages;
        }
        after = page.last().copied();
        pages.push(page);
    }
}

#[tokio::test]
async fn objects_are_listed_in_the_order_of_their_names() {
    for site in Site::all() {
        for number in [0xf0, 0x0f, 0x00, 0xff, 0x80] {
            store(&*site.storage, &blob(number), &[0; 100]).await;
        }
        let expected = [0x00, 0x0f, 0x80, 0xf0, 0xff].map(|number| blob(number).name);
        let found = site.storage.list(None).await.unwrap();
        assert_eq!(found.iter().map(|found| found.name).collect::<Vec<_>>(), expected, "{site:?}");
        assert!(found.iter().all(|found| found.sealed_bytes == sealed_len(100)), "{site:?}");
        for (at, after) in expected.into_iter().enumerate() {
            let rest: Vec<_> =
                site.storage.list(Some(after)).await.unwrap().iter().map(|found| found.name).collect();
            assert_eq!(rest, expected[at + 1..], "{site:?}");
        }
        let none_of_them = BlobName::new([0x81; 16]);
        assert_eq!(site.storage.list(Some(none_of_them)).await.unwrap().len(), 2, "{site:?}");
    }
}

#[tokio::test]
async fn an_object_tells_when_it_was_written() {
    for site in Site::all() {
        store(&*site.storage, &blob(1), b"x").await;
        let found = site.storage.list(None).await.unwrap();
        let age = SystemClock.now().signed_duration_since(found[0].written_at);
        assert!(age.num_seconds().abs() < 60, "{site:?}: {age}");
    }
}

#[tokio::test]
async fn a_listing_goes_on_where_it_ended() {
    let expected: Vec<_> = (0..1_203).map(name).collect();
    for site in Site::open_ones() {
        for name in &expected {
            let file = site.object_file(*name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, b"sealed").unwrap();
        }
        let pages = all_pages(&*site.storage).await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [1_000, 203], "{site:?}");
        assert!(pages.concat() == expected, "{site:?}");
    }
}

#[tokio::test]
async fn what_is_no_object_is_passed_over() {
    for site in Site::open_ones() {
        store(&*site.storage, &blob(0xab), b"x").await;
        let file = site.object_file(blob(0xab).name);
        let beside = file.parent().unwrap();
        for other in ["note.txt", ".new-x1y2z3", &blob(0xcd).name.to_string(), &"AB".repeat(16)] {
            fs::write(beside.join(other), b"x").unwrap();
        }
        fs::create_dir(
            beside.join(BlobName::new([0xab, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]).to_string()),
        )
        .unwrap();
        assert_eq!(names(&*site.storage).await, [blob(0xab).name], "{site:?}");
    }
}

#[tokio::test]
async fn a_page_of_strangers_is_not_the_end() {
    let site = Site::s3();
    store(&*site.storage, &blob(0xff), b"x").await;
    let strangers = site.object_file(BlobName::new([0; 16]));
    let strangers = strangers.parent().unwrap();
    fs::create_dir_all(strangers).unwrap();
    for number in 0..1_001 {
        fs::write(strangers.join(format!("stranger-{number}")), b"x").unwrap();
    }
    assert_eq!(names(&*site.storage).await, [blob(0xff).name]);
}

#[tokio::test]
async fn storages_under_other_prefixes_do_not_see_each_other() {
    for site in [Site::s3(), Site::s3rver()] {
        let access = match &site.behind {
            Behind::S3(server) => server.access(),
            Behind::S3rver(server) => server.access(),
            Behind::Directory(_) => unreachable!("not among them"),
        };
        let prefixed = |prefix: &str| {
            let settings =
                threadwell_attachments::S3Settings { prefix: Some(prefix.to_owned()), ..settings(access) };
            threadwell_attachments::S3Attachments::new(settings).unwrap()
        };
        let storages =
            [attachments(access), prefixed("site-a"), prefixed("site-a/files"), prefixed("site-b")];
        for (number, storage) in (1u8..).zip(&storages) {
            store(storage, &blob(number), b"x").await;
            storage.ready().await.unwrap();
        }
        for (number, storage) in (1u8..).zip(&storages) {
            assert_eq!(names(storage).await, [blob(number).name], "{site:?}: {number}");
        }
    }
}
