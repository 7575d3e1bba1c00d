//! Stands between the clients and s3s, and fails as told.

use std::{convert::identity, net, sync::Arc};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, future, stream};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, StreamBody};
use hyper::{
    body::{Frame, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use s3s::{Body, StdError, service::S3Service};
use tokio::net::TcpListener;

use crate::{S3Faults, faults::FaultState};

/// Makes hyper close the connection without an answer.
#[derive(Debug, thiserror::Error)]
#[error("cut on demand")]
struct Cut;

pub(crate) async fn serve(listener: net::TcpListener, service: S3Service, faults: Arc<FaultState>) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    loop {
        let Ok((socket, _)) = listener.accept().await else { continue };
        if faults.now().refuse_connections {
            continue;
        }
        let (service, faults) = (service.clone(), Arc::clone(&faults));
        tokio::spawn(async move {
            let answer = service_fn(|request| answer(&service, &faults, request));
            let _end = http1::Builder::new().serve_connection(TokioIo::new(socket), answer).await;
        });
    }
}

async fn answer(
    service: &S3Service,
    state: &FaultState,
    request: Request<Incoming>,
) -> Result<Response<Body>, StdError> {
    let faults = state.now();
    if faults.refuse_connections {
        return Err(Cut.into());
    }
    tokio::time::sleep(faults.delay).await;
    if state.fails_this_one() {
        return fail(request).await;
    }
    let stores = matches!(*request.method(), Method::PUT | Method::POST);
    // Listings and questions about the bucket are not downloads.
    let downloads = request.method() == Method::GET
        && request.uri().query().is_none_or(|query| query == "x-id=GetObject");
    let answer = service.call(request.map(Body::from)).await?;
    if stores && state.loses_this_one() {
        return Err(Cut.into());
    }
    Ok(if downloads { answer.map(|body| limited(body, &faults)) } else { answer })
}

async fn fail(request: Request<Incoming>) -> Result<Response<Body>, StdError> {
    // Read to its end, so that the answer, and not a broken pipe, is what the client sees.
    request.into_body().collect().await?;
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    Ok(answer)
}

/// A download that ends or stands still where the faults say.
fn limited(body: Body, faults: &S3Faults) -> Body {
    let (limit, is_cut) = match (faults.cut_downloads_after, faults.stall_downloads_after) {
        (Some(limit), _) => (limit, true),
        (None, Some(limit)) => (limit, false),
        (None, None) => return body,
    };
    let head = stream::try_unfold((body, limit), |(mut body, left)| async move {
        let Some(mut piece) = body.try_next().await?.filter(|_| left > 0) else { return Ok(None) };
        piece.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        let left = left - piece.len() as u64;
        Ok(Some((piece, (body, left))))
    });
    let end =
        stream::once(async move { if is_cut { Err(StdError::from(Cut)) } else { future::pending().await } });
    let pieces = head.chain(end).map(identity::<Result<Bytes, StdError>>).map_ok(Frame::data);
    Body::http_body_unsync(StreamBody::new(pieces))
}
