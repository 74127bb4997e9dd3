//! Bodies that break off, never end, or come in another unpleasant way. What they say is the truth.

use std::{io, time::Duration};

use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};
use futures_util::stream::{self, Stream};
use http::{HeaderName, HeaderValue, header};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use tokio::time::sleep;

use crate::{
    door::{Answer, head},
    reply::Reply,
};

const MEGABYTE: usize = 1024 * 1024;

/// An answer that promises its whole length, and breaks off halfway.
pub(crate) fn half(reply: &Reply) -> Answer {
    let length = reply.body.len();
    let sent = Bytes::copy_from_slice(&reply.body[..length / 2]);
    let parts = stream::unfold(Some(sent), async |left| match left {
        Some(bytes) if !bytes.is_empty() => Some((Ok(Frame::data(bytes)), Some(Bytes::new()))),
        Some(_) => {
            // Let the first half reach the wire before the connection breaks.
            sleep(Duration::from_millis(30)).await;
            Some((Err(io::Error::other("broken off on purpose")), None))
        }
        None => None,
    });
    let mut answer = streamed(reply, parts);
    answer
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    answer
}

/// An answer that goes on for ever.
pub(crate) fn endless(reply: &Reply) -> Answer {
    let start = Bytes::from(reply.body.clone());
    let parts = stream::unfold(start, async |next| {
        if next.len() > 100 {
            sleep(Duration::from_millis(5)).await;
        }
        Some((Ok(Frame::data(next)), Bytes::from(",0".repeat(8192))))
    });
    streamed(reply, parts)
}

/// An answer that comes byte by byte.
pub(crate) fn drip(reply: &Reply, pause: Duration) -> Answer {
    let parts = stream::unfold(Bytes::from(reply.body.clone()), move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        sleep(pause).await;
        Some((Ok(Frame::data(left.split_to(1))), left))
    });
    streamed(reply, parts)
}

/// An answer with so many megabytes of spaces behind it, which JSON does not mind.
pub(crate) fn padded(reply: &Reply, mb: u64) -> Answer {
    let start = (Bytes::from(reply.body.clone()), mb);
    let parts = stream::unfold(Some(start), async |left| {
        let (bytes, mb) = left?;
        let rest = mb
            .checked_sub(1)
            .map(|mb| (Bytes::from(vec![b' '; MEGABYTE]), mb));
        Some((Ok(Frame::data(bytes)), rest))
    });
    streamed(reply, parts)
}

/// The same, packed into a thousandth of that.
pub(crate) fn bomb(mut reply: Reply, mb: u64) -> Answer {
    let spaces = vec![b' '; MEGABYTE];
    let mut sum = Crc::new();
    sum.update(&reply.body);
    let mut sum_of_spaces = Crc::new();
    sum_of_spaces.update(&spaces);

    // A magic number, the method, no name, no time, an unknown system.
    let mut packed = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let mut length = reply.body.len();
    packed.extend(deflated(&reply.body, FlushCompress::Full));
    // A block after a full flush does not refer to what came before it, so it may be repeated.
    let block = deflated(&spaces, FlushCompress::Full);
    for _ in 0..mb {
        packed.extend_from_slice(&block);
        sum.combine(&sum_of_spaces);
        length += MEGABYTE;
    }
    packed.extend(deflated(&[], FlushCompress::Finish));
    packed.extend(sum.sum().to_le_bytes());
    #[expect(clippy::cast_possible_truncation, reason = "the format keeps the length so")]
    packed.extend((length as u32).to_le_bytes());
    reply.body = packed;
    crate::door::whole(reply.with("content-encoding", "gzip"))
}

fn deflated(bytes: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 8 + 1024);
    let done = Compress::new(Compression::best(), false).compress_vec(bytes, &mut packed, flush);
    done.expect("there is room for all of it");
    packed
}

/// An answer with so many more headers.
pub(crate) fn headed(reply: &Reply, count: u64) -> Answer {
    let mut answer = crate::door::whole(reply.clone());
    for number in 0..count {
        let name = HeaderName::from_bytes(format!("x-padding-{number}").as_bytes());
        answer.headers_mut().insert(
            name.expect("letters and digits"),
            HeaderValue::from_static("padding"),
        );
    }
    answer
}

fn streamed(
    reply: &Reply,
    parts: impl Stream<Item = Result<Frame<Bytes>, io::Error>> + Send + 'static,
) -> Answer {
    head(reply, StreamBody::new(parts).boxed_unsync())
}
