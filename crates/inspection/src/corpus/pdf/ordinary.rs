//! Documents that patients send.

use threadwell_domain::attachment::FileKind;

use super::{
    Pdf,
    packing::{ascii85, hexadecimal, lzw_zeros},
    zlib,
};
use crate::corpus::{
    Specimen,
    pictures::{self, Scene},
};

/// The smallest.
pub fn minimal() -> Vec<u8> {
    Pdf::new("", "").finish()
}

/// Documents as the usual programs write them.
pub fn ordinary() -> Vec<Specimen> {
    let files = [
        ("minimal", minimal()),
        ("scan", scan()),
        ("word processor", word_processor()),
        ("LaTeX", latex()),
        ("office suite", office_suite()),
        ("form", form()),
        ("saved twice", saved_twice()),
        ("packed in older ways", older()),
        ("glyphs named by letters", glyphs()),
        ("talks of actions", talks_of_actions()),
    ];
    files.map(|(name, bytes)| Specimen::accepted(format!("PDF, {name}"), FileKind::Pdf, bytes)).into()
}

/// A page that is a JPEG, with a small picture beside it that is not.
fn scan() -> Vec<u8> {
    let mut pdf = Pdf::new("", "");
    let jpeg = pictures::jpeg(&Scene::new(600, 800, 5), 70, false, false);
    let image =
        "/Type /XObject /Subtype /Image /Width 600 /Height 800 /ColorSpace /DeviceRGB /BitsPerComponent 8";
    pdf.stream(6, &format!("{image} /Filter /DCTDecode"), &jpeg);
    pdf.stream(7, &format!("{image} /Filter [/FlateDecode]"), &zlib(&Scene::new(600, 800, 6).samples()));
    pdf.add(8, "<< /Producer (Scanner \\(office\\)) /CreationDate (D:20260105093000Z) >>")
        .trailer("/Info 8 0 R");
    pdf.finish()
}

/// Tagged, with links, metadata and packed objects.
fn word_processor() -> Vec<u8> {
    let catalogue = "/Lang (en-GB) /StructTreeRoot 8 0 R /MarkInfo << /Marked true >> /Metadata 7 0 R /ViewerPreferences << /DisplayDocTitle true >>";
    let mut pdf = Pdf::new(catalogue, "/Annots [6 0 R 10 0 R] /StructParents 0");
    let link = "/Type /Annot /Subtype /Link /Rect [72 700 200 712] /Border [0 0 0] /F 4";
    pdf.add(6, &format!("<< {link} /A << /Type /Action /S /URI /URI (https://example.org/a?b=c:d) >> >>"));
    pdf.add(10, &format!("<< {link} /A << /S /URI /URI (mailto:practice@example.org) >> >>"));
    let xmp =
        "<?xpacket begin=\"\u{feff}\"?><x:xmpmeta><dc:title>The object of my letter</dc:title></x:xmpmeta>";
    pdf.stream(7, "/Type /Metadata /Subtype /XML", xmp.as_bytes());
    pdf.add(8, "<< /Type /StructTreeRoot /K [9 0 R] >>").add(9, "<< /S /Document /P 8 0 R >>");
    pdf.finish_packed()
}

/// With a destination to open at, an outline, and inner links.
fn latex() -> Vec<u8> {
    let catalogue = "/OpenAction 6 0 R /Outlines 7 0 R /Names << /Dests 9 0 R >> /PageMode /UseOutlines";
    let mut pdf = Pdf::new(catalogue, "/Annots [10 0 R]");
    pdf.add(6, "<< /S /GoTo /D [3 0 R /Fit] >>");
    pdf.add(7, "<< /Type /Outlines /First 8 0 R /Last 8 0 R /Count 1 >>");
    pdf.add(8, "<< /Title (1. Findings) /A << /S /GoTo /D (section.1) >> /Parent 7 0 R >>");
    pdf.add(9, "<< /Names [(section.1) [3 0 R /XYZ 72 700 null]] /Limits [(section.1) (section.1)] >>");
    pdf.add(10, "<< /Type /Annot /Subtype /Link /Rect [1 2 3 4] /A << /S /GoTo /D (section.1) >> >>");
    pdf.finish_packed()
}

/// Lengths stand in objects of their own, comments between the parts.
fn office_suite() -> Vec<u8> {
    let mut pdf = Pdf::new("/OpenAction [3 0 R /XYZ null null 0] /Lang (de-DE)", "");
    let data = zlib(b"0 0 m 100 100 l S");
    let stream =
        [b"<< /Length 7 0 R /Filter /FlateDecode >>\nstream\r\n".as_slice(), &data, b"\r\nendstream"]
            .concat();
    pdf.objects.push((6, stream));
    pdf.add(7, &data.len().to_string());
    pdf.trailer("/DocChecksum /0123456789ABCDEF0123456789ABCDEF /ID [<0123> <4567>]");
    let file = pdf.finish();
    [&file[..9], b"%%Invocation: gs -q -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=? ?\n", &file[9..]].concat()
}

/// A form to fill in, without scripts.
fn form() -> Vec<u8> {
    let mut pdf = Pdf::new("/AcroForm << /Fields [6 0 R] /NeedAppearances true >>", "/Annots [6 0 R]");
    pdf.add(6, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ana) /F 4 /Rect [1 2 3 4] >>");
    pdf.finish()
}

/// A second version of a page behind the first, as signing and annotating programs write it.
fn saved_twice() -> Vec<u8> {
    let mut file = minimal();
    let table = file.windows(5).position(|word| word == b"\nxref").unwrap() + 1;
    let at = file.len();
    file.extend_from_slice(b"5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>\nendobj\n");
    let start = file.len();
    let second = format!("xref\n5 1\n{at:010} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {table} >>\n");
    file.extend_from_slice(format!("{second}startxref\n{start}\n%%EOF").as_bytes());
    file
}

/// As reports are written by ReportLab, and streams by the programs of its time.
fn older() -> Vec<u8> {
    let mut pdf = Pdf::new("", "");
    let content = b"1 0 0 1 0 0 cm BT /F1 12 Tf 14.4 TL ET";
    pdf.stream(6, "/Filter [ /ASCII85Decode /FlateDecode ]", &ascii85(&zlib(content)));
    pdf.stream(7, "/Filter [/A85 /LZW]", &ascii85(&lzw_zeros(1)));
    pdf.stream(8, "/Filter /ASCIIHexDecode", &hexadecimal(content));
    pdf.stream(9, "/Filter /RunLengthDecode", b"\x02abc\xf0 \x80");
    let jpeg = pictures::jpeg(&Scene::new(60, 80, 5), 70, false, false);
    pdf.stream(10, "/Filter [/ASCII85Decode /FlateDecode /DCTDecode]", &ascii85(&zlib(&jpeg)));
    pdf.stream(11, "/Filter []", content).stream(12, "/Filter null", content);
    pdf.finish()
}

/// A font whose letters are drawings, as plotting programs write it, and addresses in objects of their own.
fn glyphs() -> Vec<u8> {
    let mut pdf = Pdf::new("/URI << /Base 11 0 R >>", "/Annots [10 0 R]");
    pdf.add(6, "<< /Type /Font /Subtype /Type3 /CharProcs << /R 7 0 R /S 8 0 R /URI 8 0 R >> >>");
    pdf.stream(7, "", b"500 0 d0").stream(8, "", b"500 0 d0");
    pdf.add(9, "(https://example.org/page)").add(11, "(https://example.org/)");
    pdf.add(10, "<< /Subtype /Link /A << /S /URI /URI 9 0 R >> >>");
    pdf.add(12, "<< /Title (teapot.obj) /Subject (see obj \\(teapot\\) and 12 0 obj) >>")
        .trailer("/Info 12 0 R");
    pdf.stream(13, "/Type /Metadata", b"<dc:title>teapot.obj</dc:title>");
    pdf.finish()
}

/// Names of actions in texts alone.
fn talks_of_actions() -> Vec<u8> {
    let mut pdf = Pdf::new("", "/Annots [7 0 R]");
    pdf.add(
        6,
        "<< /Title (/JavaScript and /Launch, 5 0 obj and trailer) /Subject </4A53> >>"
            .replace("</4A53>", "<2F4A53>")
            .as_str(),
    );
    pdf.add(7, "<< /Subtype /Link /A << /S /URI /URI (https://example.org/Launch/JavaScript) >> >>");
    pdf.trailer("/Info 6 0 R");
    pdf.finish()
}
